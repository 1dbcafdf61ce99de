// Bars beside the graph, from the same measures; each is a button that opens what stands behind it.

const BARS = 12;

// Amounts that count, once each, by a key: Map of key to {stated, measures}.
function summed(measures, keysOf) {
  const found = new Map();
  for (const measure of measures)
    for (const amount of measure.amount)
      if (amount.countsFor?.length)
        for (const [key, stated] of keysOf(measure, amount)) {
          const one = found.get(key) ?? found.set(key, { stated: 0, measures: new Set() }).get(key);
          one.stated += Number(stated);
          one.measures.add(measure);
        }
  return found;
}

const PLOTS = {
  payer: { keys: (_, amount) => amount.countsFor.map((iri) => [iri, amount.asStated]), called: nameOf },
  group: { keys: (_, amount) => (amount.shares ?? []).map(([, to, , stated]) => [to, stated]), called: nameOf },
  kind: {
    keys: (measure, amount) => [[measure.kind ?? "", amount.asStated]],
    called: (name) => (name ? term(name) : word("none")),
  },
  status: {
    keys: (measure, amount) => [[measure.status ?? "", amount.asStated]],
    called: (name) => (name ? term(name) : word("none")),
    order: ["Planned", "Underway", "Done", ""],
  },
  month: {
    keys: (measure, amount) => [[monthOf(measure), amount.asStated]],
    called: (name) => name || word("undated"),
    byName: true,
  },
};
const monthOf = (measure) => valuesOf(measure, "date")[0];

function plot(name, measures) {
  const { keys, called, order, byName } = PLOTS[name];
  const found = [...summed(measures, keys)].filter(([, { stated }]) => stated > 0);
  if (!found.length) return null;
  found.sort(
    order
      ? (a, b) => order.indexOf(a[0]) - order.indexOf(b[0])
      : byName
        ? (a, b) => (a[0] < b[0] ? -1 : 1)
        : (a, b) => b[1].stated - a[1].stated || (a[0] < b[0] ? -1 : 1),
  );
  const most = Math.max(...found.map(([, { stated }]) => stated));
  const shown = byName ? found.slice(-24) : found.slice(0, BARS);
  const bar = ([key, { stated, measures: behind_ }]) =>
    element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          "data-key": key,
          "data-sum": stated,
          onclick: () => go({ list: `${name} ${key}`, node: "", pair: "" }),
        },
        element("span", { class: "name", lang: name === "payer" || name === "group" ? "zh" : undefined }, called(key)),
        element("span", { class: "bar", style: `width:${Math.max(0.5, (100 * stated) / most)}%` }),
        element(
          "span",
          { class: "sum" },
          yuan(stated),
          element("small", {}, ` ${word("measuresN", { n: behind_.size })}`),
        ),
      ),
    );
  return element(
    "section",
    { "data-plot": name },
    element("h2", {}, word(`plot-${name}`)),
    element("ol", {}, shown.map(bar)),
    found.length > shown.length
      ? element("p", { class: "quiet" }, word("further", { n: found.length - shown.length }))
      : "",
  );
}

// What stands behind a bar: its name and its measures.
function behind(state) {
  const at = state.list.indexOf(" ");
  const [name, key] = [state.list.slice(0, at), state.list.slice(at + 1)];
  const found = summed(filtered(state), PLOTS[name]?.keys ?? (() => [])).get(key);
  return {
    title: `${word(`plot-${name}`)}: ${PLOTS[name]?.called(key) ?? ""}`,
    measures: [...(found?.measures ?? [])],
  };
}

function fillPlots(shown) {
  const made = Object.keys(PLOTS)
    .map((name) => plot(name, shown))
    .filter(Boolean);
  document
    .getElementById("plots")
    .replaceChildren(...(made.length ? made : [element("p", { class: "quiet" }, word("noMoney"))]));
}
