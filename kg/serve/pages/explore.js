// The explorer: search a name, see its neighbourhood, expand by clicking, every fact with its quotes.

import { called, counted, element, family, frame, looks, narrowest, notice, question, Refused, say } from "./ask.js";
import { Drawing } from "./drawing.js";
import { neighbourhood } from "./neighbourhood.js";
import { panel } from "./panel.js";

const box = document.querySelector("#search");
const list = document.querySelector("#results");
const drawing = new Drawing(document.querySelector("#drawing"), choose);
let searching = null;

frame("explore");
box.placeholder = say("search");
box.setAttribute("aria-label", say("search"));
document.querySelector("#drawing").setAttribute("aria-label", say("graph"));
document.querySelector("#start").textContent = say("start");
const GLYPHS = { square: "■", diamond: "◆", dot: "●", triangle: "▲", triangleDown: "▼", star: "★", box: "▬" };
for (const [iri, { shape, colour }] of Object.entries(looks)) {
  const glyph = element("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[shape]);
  glyph.style.color = colour;
  document.querySelector("#legend").append(element("span", {}, glyph, ` ${called(iri)}`));
}

// The address holds what is shown: #q=… while searching, #id=…&open=… for an entity and what was expanded.
function state() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { q: given.get("q") || "", id: given.get("id") || "", open: (given.get("open") || "").split(" ").filter(Boolean) };
}
function go(next) {
  const hash = `#${new URLSearchParams(Object.entries(next).filter(([, value]) => value))}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
  return show();
}

async function told(work) {
  try {
    notice();
    return await work();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    notice(error instanceof Refused ? error.message : String(error));
    return undefined;
  }
}

async function search(text) {
  searching?.abort();
  searching = new AbortController();
  const { signal } = searching;
  if (!text) { list.hidden = true; return; }
  list.replaceChildren(element("li", { class: "quiet" }, say("searching")));
  list.hidden = false;
  await told(async () => {
    const found = await question("search", { text, signal });
    const names = new Map(found.map((row) => [row.entity, row.name]));
    const described = names.size ? await question("entities", { these: [...names.keys()], signal }) : [];
    const entities = new Map();
    for (const row of described) {
      const entity = entities.get(row.entity) || { iri: row.entity, label: row.label, name: names.get(row.entity), articles: Number(row.articles), classes: [] };
      entity.classes.push(row.class);
      entities.set(row.entity, entity);
    }
    // the name itself, then what begins with it, then what is told of most
    const rank = ({ label, name }) => (label === text || name === text ? 0 : label.startsWith(text) ? 1 : 2);
    const sorted = [...entities.values()].sort((a, b) => rank(a) - rank(b) || b.articles - a.articles || (a.label < b.label ? -1 : 1));
    list.replaceChildren(...sorted.slice(0, 30).map(hit));
    if (!sorted.length) list.append(element("li", { class: "quiet" }, say("nothing", { text })));
  });
}

function hit({ iri, label, name, articles, classes }) {
  const glyph = element("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[looks[family(classes)]?.shape] || "●");
  glyph.style.color = looks[family(classes)]?.colour;
  const also = name !== label ? ` ${say("also")} ${name}` : "";
  const about = element("small", {}, ` ${called(narrowest(classes))} · ${counted(articles)}${also}`);
  return element("li", {}, element("button", { type: "button", onclick: () => { list.hidden = true; go({ id: iri }); } }, glyph, ` ${label}`, about));
}

// A click on a node: tell of it, and draw what surrounds it beside what is there already.
function choose(iri) {
  const { id, open } = state();
  go(iri === id || open.includes(iri) ? { id: iri, open: [id, ...open].filter((other) => other !== iri).join(" ") } : { id: iri, open: [id, ...open].slice(0, 12).join(" ") });
}

let drawn = "";
async function show() {
  const { q, id, open } = state();
  document.querySelector("#start").hidden = Boolean(id);
  if (q && box.value !== q) box.value = q;
  if (!id) {
    drawing.clear();
    drawn = "";
    document.querySelector("#facts").hidden = true;
    return search(q);
  }
  return told(async () => {
    const wanted = [id, ...open];
    if (!drawn || !wanted.includes(drawn)) drawing.clear();
    const about = await neighbourhood(id);
    if (state().id !== id) return;
    drawing.add(about);
    panel(document.querySelector("#facts"), about, { choose, more: (from) => told(() => neighbourhood(id, from)) });
    for (const other of open) if (!drawing.has(other)) drawing.add(await neighbourhood(other));
    drawn = id;
    drawing.focus(id);
    document.body.dataset.shown = id;
  });
}

let typing = 0;
box.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    history.replaceState(null, "", `#${new URLSearchParams({ ...(state().id && { id: state().id }), ...(box.value && { q: box.value }) })}`);
    search(box.value.trim());
  }, 150);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter") list.querySelector("button")?.click();
  if (event.key === "ArrowDown") { list.querySelector("button")?.focus(); event.preventDefault(); }
  if (event.key === "Escape") list.hidden = true;
});
list.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = [...list.querySelectorAll("button")];
  if (step) { (buttons[buttons.indexOf(document.activeElement) + step] || box).focus(); event.preventDefault(); }
  if (event.key === "Escape") { list.hidden = true; box.focus(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) { box.focus(); event.preventDefault(); }
});
addEventListener("popstate", show);
addEventListener("hashchange", show);
show();
