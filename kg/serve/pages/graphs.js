// What is drawn: all who pay and whom they pay for, or what surrounds the entities that were chosen.

import { called, drawn, HM, language, narrowest, say } from "./ask.js";
import { rounded } from "./element.js";

const EDGES = {
  agent: ["#0072B2", false],
  partner: ["#0072B2", true],
  beneficiary: ["#D55E00", false],
  provides: ["#CC79A7", false],
  programme: ["#009E73", false],
  place: ["#56B4E9", false],
};
const LINK = ["#888888", true];
const ROW = 25; // px between two names of a column
const MOST = 300; // nodes

const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);
const kindOf = (classes) => Object.keys(drawn).find((name) => classes.includes(HM + name));
export const yuan = (number) => say("yuan", { n: rounded(Number(number), language) });

// Two columns from rows of the question `pairs`, with the totals of the payers and the entities by IRI.
export function overview(pairs, totals, entities, height) {
  const room = Math.max(8, Math.floor(height / ROW));
  const [left, right, kept] = [new Map(), new Map(), []];
  for (const { agent, for: to, stated } of pairs) {
    if (!entities.has(agent) || !entities.has(to)) continue;
    if (!((left.has(agent) || left.size < room) && (right.has(to) || right.size < room))) continue;
    kept.push({ agent, to, stated: Number(stated) });
    left.set(agent, totals.get(agent) ?? 0);
    right.set(to, (right.get(to) ?? 0) + Number(stated));
  }
  const node = (side, iri, sum) => ({
    id: `${side[0]}:${iri}`,
    kind: kindOf(entities.get(iri).classes),
    label: entities.get(iri).label,
    tail: sum ? yuan(sum) : "",
    weight: 1 + Math.log10(1 + sum),
    side,
  });
  const most = Math.max(1, ...kept.map(({ stated }) => stated));
  const payers = [...left].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    left: payers.map(([iri]) => `l:${iri}`),
    right: [...right.keys()].map((iri) => `r:${iri}`),
    nodes: [
      ...payers.map(([iri, sum]) => node("left", iri, sum)),
      ...[...right].map(([iri, sum]) => node("right", iri, sum)),
    ],
    edges: kept.map(({ agent, to, stated }) => ({
      id: `${agent} ${to}`,
      from: `l:${agent}`,
      to: `r:${to}`,
      colour: drawn.Measure.colour,
      width: Math.max(1.5, (20 * stated) / most),
      label: yuan(stated),
    })),
  };
}

// Entities, measures and relations of several neighbourhoods in one graph.
export function surroundings(abouts) {
  const [nodes, edges] = [new Map(), new Map()];
  const entity = ({ iri, label, classes }) => {
    if (!nodes.has(iri)) nodes.set(iri, { id: iri, kind: kindOf(classes), label, weight: 1 });
  };
  const join = (from, to, label, [colour, dashed]) => {
    const id = `${from} ${to}`;
    if (!edges.has(id)) for (const end of [from, to]) nodes.get(end).weight += 1;
    edges.set(id, {
      id,
      from,
      to,
      colour,
      dashed,
      label: edges.has(id) && edges.get(id).label !== label ? `${edges.get(id).label}、${label}` : label,
    });
  };
  for (const about of abouts) {
    if (nodes.size > MOST) break;
    entity(about);
    for (const measure of about.measures) {
      badge(nodes, measure);
      for (const filler of measure.fillers) {
        entity(filler);
        const name = filler.slot.split("#").pop();
        join(
          ...(name === "agent" || name === "partner" ? [filler.iri, measure.iri] : [measure.iri, filler.iri]),
          called(filler.slot),
          EDGES[name],
        );
      }
      for (const amount of measure.amounts)
        for (const thing of amount.of.values()) {
          entity(thing);
          join(measure.iri, thing.iri, called(`${HM}of`), LINK);
        }
    }
    for (const link of about.links.slice(0, 16)) {
      entity(link.other);
      join(link.from, link.to, called(link.property), LINK);
    }
    for (const post of about.posts.slice(0, 6)) {
      entity({ iri: post.person, label: post.name, classes: [`${HM}Person`] });
      if (post.body) {
        entity({ iri: post.body, label: post.bodyName, classes: [`${HM}Organisation`] });
        join(post.person, post.body, post.role, LINK);
      }
    }
  }
  return {
    nodes: [...nodes.values()].map((node) => (node.kind === "Measure" ? { ...node, weight: 1 } : node)),
    edges: [...edges.values()],
  };
}

function badge(nodes, measure) {
  const lines = measure.amounts.slice(0, 2).map((amount) => short(named(amount), 14));
  const tint = measure.modality ? "#D9D9D9" : measure.status === `${HM}Planned` ? "#FFE7B8" : undefined;
  nodes.set(measure.iri, {
    id: measure.iri,
    kind: "Measure",
    label: lines.length ? lines : [short(measure.kind ? called(measure.kind) : "…", 10)],
    tint,
    dashed: Boolean(tint),
    weight: 1,
  });
}

// 1423套 says little: 1423套公寓 says what.
export function named({ label, class: sort, of }) {
  const [thing] = sort === `${HM}Count` ? [...of.values()] : [];
  return thing && !label.includes(thing.label) ? label + thing.label : label;
}

export const glyphOf = (classes) => drawn[kindOf(classes) ?? narrowest(classes)];
