// Solutions as a table that sorts by a click on a column's name.

import { column, element, say, short } from "./ask.js";

const DRAWN = 1000; // rows; a browser gets slow with more, and a reader does not read them
const ENTITY = /\/id\/(organisation|programme|group|item|place|person)\//;
const NUMBERS = /#(integer|decimal|double|float|int|long)$/;

export const isNumber = (term) => Boolean(term?.datatype && NUMBERS.test(term.datatype));

export function table({ head: { vars }, results: { bindings } }) {
  const made = element("table");
  let [by, up] = [null, true];
  const fill = () => {
    const order = by === null ? bindings : [...bindings].sort((a, b) => (up ? 1 : -1) * compared(a[by], b[by]));
    const sort = (name) => () => {
      [by, up] = [name, by === name ? !up : true];
      fill();
    };
    const sorted = (name) => (by === name ? { "aria-sort": up ? "ascending" : "descending" } : {});
    const heading = element(
      "tr",
      {},
      ...vars.map((name) =>
        element(
          "th",
          { scope: "col", ...sorted(name) },
          element("button", { type: "button", onclick: sort(name) }, column(name)),
        ),
      ),
    );
    made.replaceChildren(
      element("thead", {}, heading),
      element(
        "tbody",
        {},
        ...order.slice(0, DRAWN).map((row) => element("tr", {}, ...vars.map((name) => cell(row[name])))),
      ),
    );
  };
  fill();
  return bindings.length > DRAWN
    ? [element("p", { class: "quiet" }, say("cut", { n: DRAWN.toLocaleString() })), made]
    : [made];
}

function compared(a, b) {
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return (a?.value ?? "").localeCompare(b?.value ?? "", "zh");
}

function cell(term) {
  if (!term) return element("td");
  if (isNumber(term))
    return element(
      "td",
      { class: "number", title: term.value },
      Number(term.value).toLocaleString(undefined, { maximumFractionDigits: 6 }),
    );
  if (term.type !== "uri") return element("td", {}, term.value);
  const name = ENTITY.test(term.value) ? decoded(term.value) : short(term.value);
  const inside = ENTITY.test(term.value)
    ? element("a", { href: `/#${new URLSearchParams({ id: term.value })}`, title: say("here") }, name)
    : name;
  return element("td", {}, inside);
}

function decoded(iri) {
  const last = iri.split("/").pop();
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
