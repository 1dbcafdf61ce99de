// The same measures as a table, for reading, copying and screen readers.
const COLUMNS = ["who", "what", "whom", "much", "when", "source"];
let order = { column: null, down: false };

const largest = (measure) =>
  Math.max(-1, ...measure.amount.filter((a) => a.type === "Money").map((a) => Number(a.value ?? a.maxValue ?? a.minValue ?? 0)));

const sortKeys = {
  who: (measure) => measure.agent.map(nameOf).join(),
  what: (measure) => [...measure.provides, ...measure.programme].map(nameOf).join(),
  whom: (measure) => measure.beneficiary.map(nameOf).join(),
  much: largest,
  when: (measure) => saidOf(measure),
  source: (measure) => articles.get(measure.articles[0])?.title ?? "",
};

function sorted(measures) {
  if (!order.column) return measures;
  const key = sortKeys[order.column];
  const compare = (one, other) => (typeof one === "number" ? one - other : one.localeCompare(other, "zh"));
  const up = [...measures].sort((one, other) => compare(key(one), key(other)));
  return order.down ? up.reverse() : up;
}

function heading(column) {
  const active = order.column === column;
  const turn = () => {
    // sums are looked at from the top, names from the beginning
    order = { column, down: active ? !order.down : column === "much" };
    fillTable();
  };
  return element("th", { scope: "col", "aria-sort": active ? (order.down ? "descending" : "ascending") : null },
    element("button", { type: "button", class: "link", onclick: turn }, word(column), active ? (order.down ? " ↓" : " ↑") : ""));
}

function row(measure) {
  const amounts = measure.amount.map((amount) => amount.label);
  const what = [...measure.provides, ...measure.programme];
  return element("tr", {},
    element("td", {}, listed(measure.agent)),
    element("td", {}, what.length ? listed(what) : measure.kind ? term(measure.kind) : ""),
    element("td", {}, listed(measure.beneficiary)),
    element("td", { class: "much" }, amounts.map((label) => element("div", {}, label))),
    element("td", {}, saidOf(measure)),
    element("td", { class: "source" }, measure.passages.map((iri) => data.passages[iri]).filter(Boolean).map((p) => marked(p.quote, amounts)), link(measure.id, word("open"), "link more")));
}

function fillTable() {
  const article = document.getElementById("article").value;
  const shown = sorted(measureList.filter((measure) => !article || measure.articles.includes(article)));
  document.getElementById("head").replaceChildren(...COLUMNS.map(heading));
  document.getElementById("rows").replaceChildren(...shown.map(row));
  document.documentElement.dataset.rows = shown.length;
}
