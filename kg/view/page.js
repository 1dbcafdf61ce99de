// The state of the page, which stands after the # of its address, and what follows from it.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const VIEWS = ["graph", "table", "plots"];
const WORDED = ["node", "around", "pair", "list", "read", "words", "sort", "down", "loose", "lang"];
const SERVED = "http://127.0.0.1:7979/"; // where kg serve answers
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 700px)");
let state = {};
let picture = null;
let drawn = ""; // which graph stands in the picture
const current = () => state;

const saved = (key) => {
  try {
    return localStorage.getItem(`huimin-${key}`);
  } catch {
    return null;
  }
};
const keep = (key, value) => {
  try {
    localStorage.setItem(`huimin-${key}`, value);
  } catch {
    /* it is for this page only, then */
  }
};

function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const own = saved("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  const read = Object.fromEntries(WORDED.map((key) => [key, given.get(key) ?? ""]));
  for (const key of Object.keys(FACETS)) read[key] = given.getAll(key);
  for (const key of ["least", "most"]) read[key] = Number(given.get(key)) || 0;
  const view = given.get("view");
  // an address of a page before this one may name what is no longer here
  const here = { node: data.entities[read.node] || data.measures[read.node], around: data.entities[read.around] };
  Object.assign(here, { read: articles.has(read.read), list: PLOTS[read.list.split(" ")[0]] });
  here.pair = data.entities[read.pair.split(" ")[0]] && read.pair.includes(" ");
  for (const [key, known] of Object.entries(here)) if (!known) read[key] = "";
  return {
    ...read,
    hide: given.getAll("hide"),
    view: VIEWS.includes(view) ? view : narrow.matches ? "table" : "graph",
    lang: WORDS[read.lang] ? read.lang : own,
  };
}

function toAddress({ view, lang, hide, least, most, ...rest }) {
  const made = new URLSearchParams();
  if (view !== (narrow.matches ? "table" : "graph")) made.set("view", view);
  for (const key of WORDED) if (rest[key]) made.set(key, rest[key]);
  for (const key of Object.keys(FACETS)) for (const value of rest[key]) made.append(key, value);
  for (const kind of hide) made.append("hide", kind);
  for (const [key, value] of Object.entries({ least, most })) if (value) made.set(key, value);
  if (new URLSearchParams(location.hash.slice(1)).has("lang")) made.set("lang", lang);
  return `#${made}`;
}

// The one way to change what is shown; Back undoes it.
function go(patch) {
  state = { ...state, ...patch };
  const address = toAddress(state);
  if (address !== (location.hash || "#")) history.pushState(null, "", address);
  render();
}

// Something is to be looked at: where a large graph is drawn, its surroundings, too.
function look(iri) {
  const large = picture?.model?.left || state.around || state.pair;
  if (data.entities[iri]) go({ node: iri, list: "", ...(large ? { around: iri, pair: "" } : {}) });
  else
    go({
      node: iri,
      list: "",
      ...(picture?.model?.left && !state.pair
        ? { around: data.measures[iri].agent[0] ?? data.measures[iri].beneficiary[0] ?? "" }
        : {}),
    });
}

function chosen({ node, edge }) {
  if (node) {
    const iri = thingOf(node);
    if (iri) look(iri);
    return;
  }
  if (edge && picture.model.left) go({ pair: edge, node: "", around: "", list: "" });
  else if (!edge && (state.node || state.list)) go({ node: "", list: "" });
}

function drawGraph(shown) {
  if (state.view !== "graph") return;
  const place = byId("mynetwork");
  picture ??= new Picture(place, { options, looks, chosen, still: byId("still").checked });
  const key = JSON.stringify([
    state.around,
    state.pair,
    state.hide,
    state.loose,
    state.lang,
    ...Object.keys(FACETS).map((name) => state[name]),
    state.least,
    state.most,
    state.words,
    shown.length,
  ]);
  if (key !== drawn) {
    drawn = key;
    const graph = graphOf(state, shown, place.clientHeight);
    byId("graph-said").textContent = graph.said;
    byId("whole").hidden = !(state.around || state.pair);
    byId("sides").hidden = !graph.left;
    byId("empty").hidden = graph.nodes.length > 0;
    byId("loose").closest("label").hidden = Boolean(graph.left || state.around || state.pair);
    picture.show(graph);
    Object.assign(root.dataset, {
      nodes: graph.nodes.length,
      edges: graph.edges.length,
      form: graph.left ? "columns" : "springs",
    });
  }
  const marked = state.node ? [state.node, `left:${state.node}`, `right:${state.node}`] : [state.pair];
  picture.select(
    marked.find((id) => picture.has(id)) ?? null,
    state.node === state.around || Boolean(state.pair && !state.node),
  );
}

function summarise(shown) {
  const all = !isFiltered(state);
  const total = paid(shown);
  const money = data.whole || !all ? word("paidInAll", { stated: yuan(total.stated), n: grouped(total.sums) }) : "";
  byId("summary-line").textContent = [
    word("summary", {
      shown: grouped(shown.length),
      all: grouped(data.inAll.measures),
      entities: grouped(data.inAll.entities),
      articles: grouped(data.inAll.articles),
    }),
    money,
  ]
    .filter(Boolean)
    .join(DOT);
  byId("chips").replaceChildren(
    ...chips(state, go),
    all
      ? ""
      : element(
          "button",
          {
            type: "button",
            class: "chip",
            onclick: () =>
              go({ ...Object.fromEntries(Object.keys(FACETS).map((key) => [key, []])), least: 0, most: 0, words: "" }),
          },
          word("clear"),
        ),
  );
  Object.assign(root.dataset, { shown: shown.length, paid: total.stated });
}

function legend() {
  const kind = (name) => {
    const box = element("input", {
      type: "checkbox",
      value: name,
      onchange: () => go({ hide: box.checked ? state.hide.filter((one) => one !== name) : [...state.hide, name] }),
    });
    box.checked = !state.hide.includes(name);
    return element("label", {}, box, glyph(looks[name]), ` ${term(name)}`);
  };
  const loose = element("input", {
    type: "checkbox",
    id: "loose",
    onchange: (event) => go({ loose: event.target.checked ? "1" : "" }),
  });
  loose.checked = Boolean(state.loose);
  const line = ([slot, [colour, dashed]]) =>
    element(
      "span",
      {},
      element("span", {
        class: "line",
        style: `border-top:3px ${dashed ? "dashed" : "solid"} ${colour}`,
        "aria-hidden": "true",
      }),
      term(slot),
    );
  byId("legend").replaceChildren(
    element("legend", { class: "off-screen" }, word("legend")),
    ...KINDS.map(kind),
    element("label", {}, loose, ` ${word("loose")}`),
    ...Object.entries(EDGES).map(line),
    element("span", {}, element("span", { class: "dashed", "aria-hidden": "true" }), word("planned")),
    element("span", {}, element("span", { class: "dashed doubted", "aria-hidden": "true" }), word("doubted")),
  );
}

function speak() {
  language = state.lang;
  root.lang = language === "zh" ? "zh-CN" : "en";
  for (const at of document.querySelectorAll("[data-word]")) at.textContent = word(at.dataset.word);
  for (const at of document.querySelectorAll("[data-name]")) at.setAttribute("aria-label", word(at.dataset.name));
  byId("search").placeholder = word("search");
  byId("printed").textContent = [word("printed"), sourceLine(), new Date().toLocaleDateString(root.lang)].join(DOT);
  byId("language").lang = language === "zh" ? "en" : "zh";
  byId("notice").hidden = data.whole;
  const counts = {
    measures: grouped(data.inAll.measures),
    entities: grouped(data.inAll.entities),
    shown: grouped(measureList.length),
  };
  if (!data.whole) byId("notice").replaceChildren(word("reduced", counts), " ", element("a", { href: SERVED }, SERVED));
}

function render() {
  speak();
  const shown = filtered(state);
  legend();
  summarise(shown);
  for (const view of VIEWS) {
    byId(`${view}-view`).hidden = view !== state.view;
    byId(`show-${view}`).setAttribute("aria-pressed", view === state.view);
  }
  for (const form of ["png", "svg"]) byId(`take-${form}`).disabled = state.view !== "graph"; // there is no picture
  if (!byId("filters").hidden) fillFacets(byId("facets"), state, go);
  if (state.view === "table") fillTable(state, shown);
  if (state.view === "plots") fillPlots(shown);
  fillPanel(state);
  const reading = fillReader(state);
  root.classList.toggle("reading", Boolean(state.read));
  drawGraph(shown);
  root.dataset.rows = byId("rows").childElementCount;
  return reading;
}

function listen() {
  listenToSearch();
  for (const view of VIEWS) byId(`show-${view}`).addEventListener("click", () => go({ view }));
  byId("show-filters").addEventListener("click", (event) => {
    const wide = byId("filters").hidden;
    byId("filters").hidden = !wide;
    event.currentTarget.setAttribute("aria-expanded", wide);
    render();
  });
  byId("show-menu").addEventListener("click", (event) =>
    event.currentTarget.setAttribute("aria-expanded", root.classList.toggle("menu")),
  );
  byId("fit").addEventListener("click", () => {
    picture.touched = false;
    picture.fit(true);
  });
  byId("whole").addEventListener("click", () => go({ around: "", pair: "", node: "" }));
  byId("still").checked = saved("still") === "1" || calm.matches;
  byId("still").addEventListener("change", (event) => {
    keep("still", event.target.checked ? "1" : "0");
    if (picture) picture.still = event.target.checked;
  });
  byId("language").addEventListener("click", () => {
    const lang = language === "zh" ? "en" : "zh";
    keep("language", lang);
    go({ lang });
  });
  byId("close").addEventListener("click", () => go({ node: "", list: "" }));
  byId("close-reader").addEventListener("click", () => go({ read: "" }));
  for (const [name, act] of Object.entries(TAKEN))
    byId(`take-${name}`).addEventListener("click", async () => {
      await act();
      byId("taken").textContent = word("taken");
      byId("take").open = false;
    });
  addEventListener("popstate", () => {
    state = fromAddress();
    render();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea")) {
      byId("search").focus();
      event.preventDefault();
    }
    if (event.key === "Escape" && !event.target.closest(".search")) {
      if (byId("take").open) byId("take").open = false;
      else if (state.read) go({ read: "" });
      else if (state.node || state.list) go({ node: "", list: "" });
    }
  });
}

state = fromAddress();
listen();
await render();
root.dataset.ready = Math.round(performance.now());
