// The same measures as a table, for reading, copying and screen readers.

const COLUMNS = ["who", "what", "whom", "much", "when", "source"];
const AT_ONCE = 100; // rows; a browser gets slow with thousands, and nobody reads them in one go

const sortKeys = {
  who: (measure) => measure.agent.map(nameOf).join(),
  what: (measure) => [...measure.provides, ...measure.programme].map(nameOf).join(),
  whom: (measure) => measure.beneficiary.map(nameOf).join(),
  much: worth,
  when: (measure) => saidOf(measure),
  source: (measure) => articles.get(measure.articles[0])?.title ?? "",
};

function sorted(measures, { sort, down }) {
  if (!sortKeys[sort]) return measures;
  const compare = (one, other) => (typeof one === "number" ? one - other : one.localeCompare(other, "zh"));
  const keyed = measures.map((measure) => ({ measure, key: sortKeys[sort](measure) }));
  keyed.sort((one, other) => compare(one.key, other.key) * (down ? -1 : 1));
  return keyed.map(({ measure }) => measure);
}

function heading(column, state) {
  const active = state.sort === column;
  // sums are looked at from the top, names from the beginning
  const turn = () => go({ sort: column, down: (active ? !state.down : column === "much") ? "1" : "" });
  return element(
    "th",
    { scope: "col", "aria-sort": active ? (state.down ? "descending" : "ascending") : null },
    element(
      "button",
      { type: "button", class: "link", onclick: turn },
      word(column),
      active ? (state.down ? " ↓" : " ↑") : "",
    ),
  );
}

function row(measure) {
  const what = [...measure.provides, ...measure.programme];
  return element(
    "tr",
    {},
    element("td", {}, listed(measure.agent)),
    element("td", {}, what.length ? listed(what) : measure.kind ? term(measure.kind) : ""),
    element("td", {}, listed(measure.beneficiary)),
    element(
      "td",
      { class: "much", lang: "zh" },
      measure.amount.map((amount) => element("div", {}, amountName(amount))),
    ),
    element("td", {}, saidOf(measure)),
    element(
      "td",
      { class: "source" },
      quoted(measure.at, amountLabels(measure), measure.id),
      link(measure.id, word("open"), "link more"),
    ),
  );
}

function fillTable(state, shown) {
  const order = sorted(shown, state);
  const rows = document.getElementById("rows");
  const more = document.getElementById("more-rows");
  const show = () => {
    rows.append(...order.slice(rows.childElementCount, rows.childElementCount + AT_ONCE).map(row));
    const left = order.length - rows.childElementCount;
    more.hidden = !left;
    more.textContent = word("further", { n: left });
    document.getElementById("caption").textContent = word("tableCaption", {
      shown: grouped(rows.childElementCount),
      of: grouped(order.length),
      all: grouped(data.inAll.measures),
    });
  };
  document.getElementById("head").replaceChildren(...COLUMNS.map((column) => heading(column, state)));
  rows.replaceChildren();
  more.onclick = show;
  show();
}
