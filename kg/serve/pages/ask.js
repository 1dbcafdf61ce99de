// What both pages share: asking the endpoint, words in the reader's language, and building elements.

import { element } from "./element.js";

export { element };

const saved = (() => {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
})();
export const language = saved || (navigator.language.startsWith("zh") ? "zh" : "en");
export const HM = "https://w3id.org/huimin/ontology#";
export const RDFS = "http://www.w3.org/2000/01/rdf-schema#";

const json = async (path) => (await fetch(path)).json();
const [texts, vocabulary] = await Promise.all([json("/static/texts.json"), json("/words")]);
export const { looks, options, prefixes } = vocabulary;
export const known = Object.keys(vocabulary.terms);
export const drawn = Object.fromEntries(Object.entries(looks).map(([iri, look]) => [iri.slice(HM.length), look]));

export function say(name, values = {}) {
  return texts[language][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

// What a column of a result is called: a variable as people say it, with its unit.
export const column = (name) => texts[language].columns[name] ?? name;

export const counted = (n) => say(n === 1 ? "article" : "articles", { n });

export function called(iri) {
  const labels = vocabulary.terms[iri];
  return labels ? labels[language] || labels.en || labels.zh : short(iri);
}

export function short(iri) {
  const [prefix, namespace] = Object.entries(prefixes).find(([, space]) => iri.startsWith(space)) || [];
  return prefix ? `${prefix}:${iri.slice(namespace.length)}` : iri;
}

export class Refused extends Error {}

// The response of the endpoint; an error has the line that the server says.
export async function answer(sparql, accept, signal) {
  let reply;
  try {
    reply = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: accept },
      body: new URLSearchParams({ query: sparql }),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(say("lost"));
  }
  if (!reply.ok) throw new Refused((await reply.text()).trim());
  return reply;
}

async function rows(sparql) {
  const told = await (await answer(sparql, "application/sparql-results+json")).json();
  return told.results.bindings.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])),
  );
}

const queries = new Map();
const listable = (iris) =>
  iris
    .filter((iri) => !/[<>"{}|\\^`\u0000-\u0020]/.test(iri))
    .map((iri) => `<${iri}>`)
    .join(" ");

// One of the queries beside this file, with entities and text put in place of its examples.
export async function question(name, { these = [], that = "", text = "", from = 0 } = {}) {
  if (!queries.has(name))
    queries.set(
      name,
      fetch(`/static/${name}.rq`).then((reply) => reply.text()),
    );
  const listed = listable(these);
  const literal = `"${text.replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c])}"`;
  const sparql = (await queries.get(name))
    .replace(/<urn:x:(this|these)>/g, () => listed)
    .replace("<urn:x:that>", () => listable([that]))
    .replace(/"text"/g, () => literal)
    .replace("OFFSET 0", `OFFSET ${from}`);
  return listed || !these.length ? rows(sparql) : [];
}

// Of the classes given, which the graph states all of, the one below those that are drawn.
const ORDER = ["Organisation", "Programme", "Group", "Item", "Place", "Person", "Measure"].map((name) => HM + name);
export function narrowest(classes) {
  return classes.find((iri) => !ORDER.includes(iri)) || classes[0];
}

// Label and classes of entities, by IRI.
export async function entitiesOf(iris) {
  const found = new Map();
  for (const row of iris.length ? await question("entities", { these: iris }) : []) {
    const entity = found.get(row.entity) ?? { iri: row.entity, label: row.label, classes: [] };
    entity.classes.push(row.class);
    found.set(row.entity, entity);
  }
  return found;
}

export function frame(current) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.querySelector("h1 small").textContent = say("subtitle");
  const places = document.querySelector("nav");
  for (const [name, path] of [
    ["explore", "/"],
    ["ask", "/query"],
  ]) {
    places.append(element("a", { href: path, "aria-current": name === current ? "page" : undefined }, say(name)));
  }
  const other = () => {
    try {
      localStorage.setItem("language", language === "zh" ? "en" : "zh");
    } catch {
      /* it is for this page only, then */
    }
    location.reload();
  };
  places.append(element("button", { type: "button", onclick: other }, say("language")));
}

export function notice(text = "") {
  const line = document.querySelector("#notice");
  line.textContent = text;
  line.hidden = !text;
}
