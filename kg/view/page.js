// The picture, its legend, search and address. State that is worth sharing stands after the # of the address:
// node=IRI, q=words, article=IRI, view=table, lang=zh|en.
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const nodes = new vis.DataSet(read("nodes"));
const edges = new vis.DataSet(read("edges"));
const dark = matchMedia("(prefers-color-scheme: dark)");
const hiddenKinds = new Set();
let joined = new Set(); // nodes with an edge inside the chosen article
let showLoose = nodes.length > 0 && edges.length === 0;
let network = null;
let moved = false; // has the reader chosen a view since the last fit?
let settled = false; // until the first address is read, nothing is written to it

const articlesOf = (node) => (data.entities[node.id] ?? data.measures[node.id]).articles;

const inArticle = (node) => !byId("article").value || articlesOf(node).includes(byId("article").value);
const visible = (node) => !hiddenKinds.has(node.kind) && (showLoose || joined.has(node.id)) && inArticle(node);

function join() {
  const inside = new Set(nodes.get({ filter: inArticle }).map((node) => node.id));
  const within = edges.get({ filter: (edge) => inside.has(edge.from) && inside.has(edge.to) });
  joined = new Set(within.flatMap((edge) => [edge.from, edge.to]));
}

const shownNodes = new vis.DataView(nodes, { filter: visible });

function colours() {
  const ink = dark.matches ? "#f0f0f0" : "#1a1a1a";
  const paper = dark.matches ? "#16181c" : "#ffffff";
  return { nodes: { font: { color: ink, strokeColor: paper } } };
}

function draw() {
  network = new vis.Network(byId("mynetwork"), { nodes: shownNodes, edges }, options);
  network.setOptions(colours());
  dark.addEventListener("change", () => network.setOptions(colours()));
  network.on("click", (event) => (event.nodes.length ? openPanel(event.nodes[0]) : closePanel()));
  network.on("hoverNode", () => (byId("mynetwork").style.cursor = "pointer"));
  network.on("blurNode", () => (byId("mynetwork").style.cursor = ""));
  for (const act of ["zoom", "dragStart"]) network.on(act, () => (moved = true));
  // vis-network scales by one side of the window alone and may push nodes out of it
  network.on("resize", () => moved || opened || fit());
  network.once("afterDrawing", () => (root.dataset.drawn = "1"));
}

function fit() {
  moved = false;
  if (!network || !shownNodes.length) return;
  // how far labels reach is known only once they have been drawn
  network.once("afterDrawing", () => opened || network.fit({ animation: false }));
  network.fit({ animation: false });
}

// The node may be filtered away; what is asked for by name is shown all the same.
function focusNode(iri) {
  const node = nodes.get(iri);
  if (!node || !network) return;
  if (!visible(node)) {
    hiddenKinds.delete(node.kind);
    if (!inArticle(node)) byId("article").value = "";
    join();
    if (!joined.has(iri)) showLoose = true;
    refresh();
  }
  network.selectNodes([iri]);
  if (!byId("graph-view").hidden)
    network.focus(iri, { scale: Math.max(network.getScale(), 0.7), animation: false, offset: { x: innerWidth > 900 ? -200 : 0, y: 0 } });
}

function legendEntry(kind, count) {
  const box = element("input", { type: "checkbox" });
  box.checked = !hiddenKinds.has(kind);
  box.addEventListener("change", () => {
    if (box.checked) hiddenKinds.delete(kind);
    else hiddenKinds.add(kind);
    shownNodes.refresh();
    tally();
  });
  return element("label", {}, box, glyph(kind), ` ${term(kind)} `, element("span", { class: "count" }, count));
}

function looseEntry(count) {
  const box = element("input", { type: "checkbox" });
  box.checked = showLoose;
  box.addEventListener("change", () => {
    showLoose = box.checked;
    refresh();
    fit();
  });
  return element("label", {}, box, ` ${word("loose")} `, element("span", { class: "count" }, count));
}

function fillLegend() {
  const legend = byId("legend");
  const inside = nodes.get({ filter: inArticle });
  const rows = [];
  for (const kind of KINDS) {
    const count = inside.filter((node) => node.kind === kind && (showLoose || joined.has(node.id))).length;
    if (nodes.get({ filter: (node) => node.kind === kind }).length) rows.push(legendEntry(kind, count));
  }
  const loose = inside.filter((node) => !joined.has(node.id)).length;
  if (loose) rows.push(looseEntry(loose));
  if (measureList.some((measure) => measure.status === "Planned") && data.whole)
    rows.push(element("span", { class: "quiet" }, element("span", { class: "dashed", "aria-hidden": "true" }), word("planned")));
  if (measureList.some((measure) => measure.modality) && data.whole)
    rows.push(element("span", { class: "quiet" }, element("span", { class: "dashed doubted", "aria-hidden": "true" }), word("doubted")));
  legend.replaceChildren(legend.firstElementChild, ...rows);
}

function tally() {
  root.dataset.nodes = shownNodes.length;
  root.dataset.edges = edges.get({ filter: (edge) => shownNodes.get(edge.from) && shownNodes.get(edge.to) }).length;
}

function refresh() {
  join();
  shownNodes.refresh();
  fillLegend();
  fillTable();
  tally();
}

const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s《》“”"'「」]/g, "");

function matches(query) {
  const wanted = folded(query);
  if (!wanted) return [];
  return Object.entries(data.entities)
    .map(([iri, entity]) => {
      const names = [entity.label, ...entity.alt].map(folded);
      const rank = names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2;
      return { iri, entity, rank, hit: names.some((name) => name.includes(wanted)), told: byEntity.get(iri)?.size ?? 0 };
    })
    .filter((found) => found.hit)
    .sort((one, other) => one.rank - other.rank || other.told - one.told || one.entity.label.length - other.entity.label.length)
    .slice(0, 30);
}

function search() {
  const list = byId("results");
  const query = byId("search").value;
  const found = matches(query);
  const entries = found.map(({ iri, entity, told }) =>
    element("li", {}, element("button", { type: "button", onclick: () => choose(iri) }, glyph(entity.kind), ` ${entity.label} `,
      element("small", {}, `${term(entity.type)}${told ? ` · ${told}` : ""}`))));
  list.replaceChildren(...(query && !found.length ? [element("li", { class: "quiet" }, word("nothing"))] : entries));
  list.hidden = !query;
  root.dataset.results = found.length;
  return found;
}

function choose(iri) {
  byId("results").hidden = true;
  openPanel(iri);
}

function setView(name) {
  const table = name === "table";
  byId("graph-view").hidden = table;
  byId("table-view").hidden = !table;
  byId("show-table").setAttribute("aria-pressed", table);
  byId("show-graph").setAttribute("aria-pressed", !table);
  if (!table) {
    network?.redraw();
    fit();
    if (opened) focusNode(opened);
  }
  remember();
}

function remember() {
  if (!settled) return;
  const state = new URLSearchParams();
  if (opened) state.set("node", opened);
  if (byId("search").value) state.set("q", byId("search").value);
  if (byId("article").value) state.set("article", byId("article").value);
  if (byId("graph-view").hidden) state.set("view", "table");
  if (new URLSearchParams(location.hash.slice(1)).has("lang")) state.set("lang", language);
  history.replaceState(null, "", `#${state}`);
}

function speak(chosen) {
  language = chosen;
  root.lang = chosen;
  for (const at of document.querySelectorAll("[data-word]")) at.textContent = word(at.dataset.word);
  for (const at of document.querySelectorAll("[data-name]")) at.setAttribute("aria-label", word(at.dataset.name));
  byId("search").placeholder = word("search");
  byId("search").setAttribute("aria-label", word("search"));
  byId("language").textContent = word("language");
  byId("language").lang = chosen === "zh" ? "en" : "zh";
  byId("article").options[0].textContent = word("allArticles");
  byId("notice").hidden = data.whole;
  byId("notice").textContent = data.whole ? "" : word("reduced", { ...data.inAll, shown: measureList.length });
  refresh();
  search();
  if (opened) openPanel(opened);
}

function readAddress() {
  const state = new URLSearchParams(location.hash.slice(1));
  settled = false;
  const wanted = state.get("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  if (articles.has(state.get("article"))) byId("article").value = state.get("article");
  byId("search").value = state.get("q") ?? "";
  speak(WORDS[wanted] ? wanted : "en");
  setView(state.get("view") ?? "graph");
  const asked = state.get("node");
  if (asked) byId("results").hidden = true;
  if (asked) openPanel(data.entities[asked] || data.measures[asked] ? asked : matches(asked)[0]?.iri);
  settled = true;
}

function listen() {
  byId("search").addEventListener("input", () => { search(); remember(); });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { const found = search(); if (found.length) choose(found[0].iri); }
    if (event.key === "ArrowDown") { byId("results").querySelector("button")?.focus(); event.preventDefault(); }
  });
  byId("article").addEventListener("change", () => { refresh(); fit(); remember(); });
  byId("show-graph").addEventListener("click", () => setView("graph"));
  byId("show-table").addEventListener("click", () => setView("table"));
  byId("fit").addEventListener("click", fit);
  byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
  byId("close").addEventListener("click", closePanel);
  byId("physics").addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", on);
    network.setOptions({ physics: { enabled: on } });
  });
  addEventListener("hashchange", readAddress);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== byId("search")) { byId("search").focus(); event.preventDefault(); }
    if (event.key === "Escape") { if (byId("results").hidden) closePanel(); else byId("results").hidden = true; }
  });
  addEventListener("click", (event) => { if (!event.target.closest(".search")) byId("results").hidden = true; });
}

function start() {
  byId("article").append(element("option", { value: "" }),
    ...data.articles.map((article) => element("option", { value: article.id }, article.title || article.id)));
  byId("empty").hidden = nodes.length > 0;
  byId("mynetwork").hidden = nodes.length === 0;
  if (nodes.length) draw();
  listen();
  readAddress();
  fit();
  if (opened) focusNode(opened);
  root.dataset.ready = "1";
}

start();
