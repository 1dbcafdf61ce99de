// What a picture is made of: nodes and edges, from the page's data and the explorer's answers alike.

export const EDGES = {
  agent: ["#0072B2", false],
  partner: ["#0072B2", true],
  beneficiary: ["#D55E00", false],
  provides: ["#CC79A7", false],
  programme: ["#009E73", false],
  place: ["#56B4E9", false],
};
const LINK = ["#888888", true];
const MONEY = "#E69F00";
const PLANNED = "#FFE7B8"; // the colour of measures, pale
const DOUBTED = "#D9D9D9"; // denied, conditional or alleged: no gift to count on
const ROW = 25; // px between two names of a column

const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

// 1423套 says little: 1423套公寓 says what.
export const countedName = (label, thing) => (thing && !label.includes(thing) ? label + thing : label);

// A measure with the first two of its amounts, or what stands for them.
export function badge({ id, amounts, otherwise, doubted, planned, weight = 1 }) {
  const lines = [...new Set(amounts)].map((line) => short(line, 14));
  const more = lines.length > 2 ? [`+${lines.length - 2}`] : [];
  const label = lines.length ? [...lines.slice(0, 2), ...more] : [short(otherwise, 10)];
  const tint = doubted ? DOUBTED : planned ? PLANNED : undefined;
  return { id, kind: "Measure", label, tint, dashed: Boolean(tint), weight };
}

// Edges, one between two nodes whatever joins them; a node weighs as much as edges meet there.
export class Ties {
  constructor(list) {
    this.list = list; // what stands between the names of two roles
    this.edges = new Map();
    this.degree = new Map();
  }

  // A slot of a measure, or a relation, from one to another.
  join(from, to, label, slot) {
    const [id, [colour, dashed]] = [`${from} ${to}`, EDGES[slot] ?? LINK];
    const known = this.edges.get(id)?.label;
    if (!known) for (const end of [from, to]) this.degree.set(end, (this.degree.get(end) ?? 0) + 1);
    const both = known && known !== label ? `${known}${this.list}${label}` : label;
    this.edges.set(id, { id, from, to, colour, dashed, label: both });
  }

  // Who acts leads to the measure, the measure to all else that fills a slot.
  fill(measure, slot, filler, label) {
    if (slot === "agent" || slot === "partner") this.join(filler, measure, label, slot);
    else this.join(measure, filler, label, slot);
  }
}

// Two columns, who and whom, from pairs {from, to, stated, otherwise}, those with most money first; as many as there is
// height for. `named(iri)` gives label and kind, `total(iri)` what a payer pays in all, `money(sum)` says a sum.
export function twoColumns(pairs, { height, named, total, money }) {
  const room = Math.max(8, Math.floor(height / ROW));
  const [left, right, kept] = [new Map(), new Map(), []];
  for (const pair of pairs) {
    const fits = (left.has(pair.from) || left.size < room) && (right.has(pair.to) || right.size < room);
    if (!fits) continue;
    kept.push(pair);
    left.set(pair.from, 0);
    right.set(pair.to, (right.get(pair.to) ?? 0) + pair.stated);
  }
  for (const iri of left.keys()) left.set(iri, total(iri));
  const node = (side, [iri, sum]) => ({
    id: `${side}:${iri}`,
    ...named(iri),
    tail: sum ? money(sum) : "",
    weight: 1 + Math.log10(1 + sum),
    side,
  });
  const most = Math.max(1, ...kept.map(({ stated }) => stated));
  const payers = [...left].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const nodes = [...payers.map((one) => node("left", one)), ...[...right].map((one) => node("right", one))];
  const edges = kept.map(({ from, to, stated, otherwise }) => ({
    id: `${from} ${to}`,
    from: `left:${from}`,
    to: `right:${to}`,
    colour: stated ? MONEY : LINK[0],
    dashed: !stated,
    width: stated ? Math.max(1.5, (20 * stated) / most) : 1.5,
    label: stated ? money(stated) : otherwise,
  }));
  const ids = (side) => nodes.filter((one) => one.side === side).map(({ id }) => id);
  return { nodes, edges, left: ids("left"), right: ids("right") };
}

// The thing that a node of either column, or any other, stands for.
export const thingOf = (node) => node.replace(/^(?:left|right):/u, "");
