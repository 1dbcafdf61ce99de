// The explorer: who pays whom at first sight, one search, and around every name what is told, each fact with its quotes.

import {
  called,
  counted,
  drawn,
  element,
  entitiesOf,
  frame,
  HM,
  notice,
  options,
  question,
  Refused,
  say,
} from "./ask.js";
import { combobox } from "./combobox.js";
import { glyph } from "./element.js";
import { overview, surroundings } from "./graphs.js";
import { thingOf } from "./model.js";
import { Names } from "./names.js";
import { between, neighbourhood } from "./neighbourhood.js";
import { panel, start, within } from "./panel.js";
import { Picture } from "./picture.js";

const at = (id) => document.getElementById(id);
const facts = at("facts");
let names = new Names([], {});
let all = 0; // entities in the store

frame("explore");
for (const [id, text] of [
  ["search", "search"],
  ["drawing", "graph"],
  ["results", "results"],
  ["facts", "facts"],
])
  at(id).setAttribute("aria-label", say(text));
at("search").placeholder = say("search");
at("whole").textContent = say("whole");
at("fit").textContent = say("fit");
at("legend").append(
  ...Object.entries(drawn).map(([name, look]) => element("span", {}, glyph(look), ` ${called(HM + name)}`)),
);
const picture = new Picture(at("drawing"), {
  options,
  looks: drawn,
  chosen,
  still: matchMedia("(prefers-reduced-motion: reduce)").matches,
});

// The address holds what is shown: #id=…&open=… for an entity and what was opened before it, #pair=… for who and whom.
function state() {
  const given = new URLSearchParams(location.hash.slice(1));
  return {
    id: given.get("id") || "",
    pair: given.get("pair") || "",
    open: (given.get("open") || "").split(" ").filter(Boolean),
  };
}
function go(next) {
  const hash = `#${new URLSearchParams(Object.entries(next).filter(([, value]) => value))}`;
  if (hash !== (location.hash || "#")) history.pushState(null, "", hash);
  return show();
}

async function told(work) {
  try {
    notice();
    return await work();
  } catch (error) {
    notice(error instanceof Refused ? error.message : String(error));
    return undefined;
  }
}

// A name is looked at from here on: beside what is drawn already, unless all was.
function choose(iri) {
  const { id, open } = state();
  const before = id ? [id, ...open].filter((other) => other !== iri) : [];
  return go({ id: iri, open: before.slice(0, 11).join(" ") });
}

function chosen({ node, edge }) {
  if (node?.includes("/measure/")) within(facts, node);
  else if (node) choose(thingOf(node));
  else if (edge && picture.model.left) go({ pair: edge });
}

let turn = 0;
async function show() {
  turn += 1;
  const now = turn;
  const { id, pair, open } = state();
  at("whole").hidden = !(id || pair);
  document.body.dataset.shown = "";
  await told(async () => {
    const current = () => now === turn;
    if (pair) await showPair(pair, current);
    else if (id) await showAround(id, open, current);
    else await showAll(current);
    if (current()) {
      at("bar-said").textContent = id || pair ? "" : say("sides");
      document.body.dataset.shown = id || pair || "all";
    }
  });
  document.documentElement.dataset.ready = "1";
}

async function showAll(current) {
  const [pairs, payers, [counts]] = await Promise.all([question("pairs"), question("payers"), question("counts")]);
  const entities = await entitiesOf([
    ...new Set([...pairs.flatMap((row) => [row.agent, row.for]), ...payers.map((row) => row.payer)]),
  ]);
  if (!current()) return;
  start(facts, { pairs, payers, counts, entities }, { choose });
  const totals = new Map(payers.map((row) => [row.payer, Number(row.stated)]));
  for (const { agent, stated } of pairs) if (!totals.has(agent)) totals.set(agent, Number(stated));
  draw(overview(pairs, totals, entities, at("drawing").clientHeight), null);
}

async function showPair(pair, current) {
  const [from, to] = pair.split(" ");
  const about = await between(from, to);
  if (!current()) return;
  panel(facts, about, { choose, more: (next) => told(() => between(from, to, next)) });
  draw(surroundings([about]), null);
}

async function showAround(id, open, current) {
  const [about, ...others] = await Promise.all([id, ...open].map((iri) => neighbourhood(iri)));
  if (!current()) return;
  panel(facts, about, { choose, more: (next) => told(() => neighbourhood(id, next)) });
  draw(surroundings([about, ...others]), id);
}

function draw(graph, id) {
  at("start").hidden = graph.nodes.length > 0;
  at("start").textContent = say("start");
  picture.show(graph);
  picture.select(id, true);
  Object.assign(document.documentElement.dataset, { nodes: graph.nodes.length, edges: graph.edges.length });
}

combobox({
  box: at("search"),
  list: at("results"),
  status: at("found"),
  counted: (n) => say("found", { n }),
  none: (text) =>
    say(!all ? "searching" : all > names.entries.length ? "notAmong" : "nothing", { text, n: names.entries.length }),
  answers: (text, later) => {
    if ([...text].length > 1) later(pause(300).then(() => (at("search").value.trim() === text ? telling(text) : [])));
    return names.find(text).map(({ id, label, kind, family, told: times }) => ({
      act: () => choose(id),
      text: label,
      note: `${called(HM + kind)} · ${counted(times)}`,
      look: drawn[family],
    }));
  },
});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Measures whose quotes have these words.
async function telling(text) {
  const rows = await question("telling", { text }).catch(() => []);
  const once = new Map(rows.filter((row) => row.agent).map((row) => [row.measure, row]));
  return [...once.values()].slice(0, 8).map(({ measure, label, quote, agent }) => ({
    act: () => choose(agent).then(() => within(facts, measure)),
    text: label,
    note: quote.slice(0, 40),
    look: drawn.Measure,
  }));
}

at("whole").addEventListener("click", () => go({}));
at("fit").addEventListener("click", () => {
  picture.touched = false;
  picture.fit(true);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== at("search")) {
    at("search").focus();
    event.preventDefault();
  }
});
addEventListener("popstate", show);

// All names come once, for a search that answers at every key.
async function gather() {
  const given = await (await fetch("/names")).json();
  names = new Names(
    given.entries.map(([id, kind, family, [label, ...others], times]) => ({
      id,
      kind,
      family,
      label,
      names: [label, ...others],
      told: times,
    })),
    given.pinyin,
  );
  all = given.all;
  document.documentElement.dataset.names = all;
  at("search").dispatchEvent(new Event("input"));
}
await Promise.all([show(), told(gather)]);
