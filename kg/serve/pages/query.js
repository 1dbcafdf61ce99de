// The query page: an editor, the shipped questions, and results as a table or as bars.

import {
  answer,
  called,
  element,
  frame,
  HM,
  known as vocabulary,
  language,
  notice,
  prefixes,
  Refused,
  say,
} from "./ask.js";
import { bars, choices } from "./bars.js";
import { table } from "./table.js";

const place = document.querySelector("#answer");
const tools = document.querySelector("#tools");
const KEY = "huimin-query";
const remember = (text) => {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    /* a private window keeps nothing */
  }
};
const remembered = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};
const FIRST =
  "SELECT ?who ?amount ?quote {\n  ?measure hm:agent/rdfs:label ?who ; hm:amount/rdfs:label ?amount ; hm:evidence/hm:quote ?quote .\n} LIMIT 20";

frame("ask");
const shipped = await (await fetch("/questions")).json();

// The editor asks nobody for completions: what it offers are the variables and this graph's prefixes.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
const editor = new Yasgui.Yasqe(document.querySelector("#editor"), {
  persistenceId: null,
  showQueryButton: false,
  createShareableLink: null,
  resizeable: true,
  editorHeight: "260px",
  consumeShareLink: null,
  value: "",
});
// Tab leads on to the buttons, or whoever has no mouse would be caught in here (WCAG 2.1.2).
editor.setOption("extraKeys", {
  ...editor.getOption("extraKeys"),
  Tab: false,
  "Shift-Tab": false,
  "Ctrl-Enter": () => run(),
  "Cmd-Enter": () => run(),
});
editor.getInputField().setAttribute("aria-label", say("editor"));
editor.getScrollerElement().tabIndex = 0; // a long query is scrolled by keys, too

let view = "table";
let told = null;

function write(text, name) {
  editor.setValue(text);
  for (const button of document.querySelectorAll("#questions button"))
    button.toggleAttribute("aria-current", button.dataset.name === name);
}

for (const { name, sparql, ...titles } of shipped) {
  const ask = () => {
    history.pushState(null, "", `#question=${name}`);
    write(sparql, name);
    run();
  };
  document
    .querySelector("#questions")
    .append(
      element("li", {}, element("button", { type: "button", "data-name": name, onclick: ask }, titles[language])),
    );
}

const button = (id, text, act) => element("button", { type: "button", id, onclick: act }, text);
const [runs, tables, charts] = [
  button("run", say("run"), () => run()),
  button("as-table", say("table"), () => draw("table")),
  button("as-bars", say("bars"), () => draw("bars")),
];
const state = element("span", { id: "state", class: "quiet" }, say("hint"));
const [csv, json] = [
  button("csv", say("csv"), () => save("text/csv", "csv")),
  button("json", say("json"), () => save("application/sparql-results+json", "json")),
];
tools.append(runs, tables, charts, state, csv, json);

function declared(sparql) {
  const used = Object.entries(prefixes).filter(
    ([prefix]) => sparql.includes(`${prefix}:`) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(sparql),
  );
  return used.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`).join("") + sparql;
}

let running = null;
async function run() {
  const sparql = editor.getValue();
  running?.abort();
  running = new AbortController();
  remember(sparql);
  const known = shipped.find((one) => one.sparql === sparql);
  history.replaceState(null, "", `#${known ? `question=${known.name}` : new URLSearchParams({ q: sparql })}`);
  notice();
  state.textContent = say("loading");
  place.replaceChildren();
  const begun = performance.now();
  try {
    const reply = await answer(sparql, "application/sparql-results+json, text/turtle;q=0.9", running.signal);
    told = reply.headers.get("content-type").includes("json") ? await reply.json() : { turtle: await reply.text() };
    const count = told.results?.bindings.length ?? 0;
    state.textContent = told.results
      ? say("rows", { n: count.toLocaleString(), ms: Math.round(performance.now() - begun) })
      : "";
    draw(view);
  } catch (error) {
    if (error.name === "AbortError") return;
    told = null;
    state.textContent = "";
    notice(error instanceof Refused ? error.message : String(error));
  }
}

function draw(as) {
  view = as;
  tables.setAttribute("aria-pressed", as === "table");
  charts.setAttribute("aria-pressed", as === "bars");
  if (!told) return;
  if (told.turtle !== undefined) place.replaceChildren(element("pre", {}, told.turtle));
  else if ("boolean" in told) place.replaceChildren(element("p", {}, say(told.boolean ? "yes" : "no")));
  else if (!told.results.bindings.length)
    place.replaceChildren(element("p", { class: "quiet" }, say("empty")), ...misspelt(editor.getValue()));
  else place.replaceChildren(...(as === "table" ? table(told) : bars(told, choices(told))));
}

// Names of the vocabulary that it does not have, each with the nearest that it has.
function misspelt(sparql) {
  const names = vocabulary.filter((iri) => iri.startsWith(HM)).map((iri) => iri.slice(HM.length));
  const used = new Set([...sparql.replace(/#[^\n]*/gu, "").matchAll(/\bhm:(\w+)/gu)].map(([, name]) => name));
  return [...used]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = names
        .map((other) => [distance(name, other), other])
        .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))[0];
      return element(
        "p",
        {},
        say(near[0] <= 3 ? "misspelt" : "unknown", {
          name: `hm:${name}`,
          near: `hm:${near[1]}`,
          called: called(HM + near[1]),
        }),
      );
    });
}

// Of Levenshtein.
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, a] of [...one.toLowerCase()].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...other.toLowerCase()].entries())
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (a === b ? 0 : 1)));
    row = next;
  }
  return row[other.length];
}

async function save(accept, ending) {
  try {
    const reply = await answer(editor.getValue(), accept);
    const url = URL.createObjectURL(await reply.blob());
    element("a", { href: url, download: `huimin.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  } catch (error) {
    notice(error.message);
  }
}

function open() {
  const given = new URLSearchParams(location.hash.slice(1));
  const known = shipped.find((one) => one.name === given.get("question"));
  if (given.get("view")) view = given.get("view");
  if (known) write(known.sparql, known.name);
  else write(given.get("q") || remembered() || declared(FIRST));
  if (known || given.get("q")) run();
}
addEventListener("popstate", open);
open();
document.documentElement.dataset.ready = "1";
