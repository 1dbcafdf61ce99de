// What is drawn: all who pay and whom they pay for, or what surrounds the entities that were chosen.

import { called, drawn, HM, language, narrowest, say } from "./ask.js";
import { rounded } from "./element.js";
import { badge, countedName, Ties, twoColumns } from "./model.js";

const MOST = 300; // nodes

const kindOf = (classes) => Object.keys(drawn).find((name) => classes.includes(HM + name));
export const yuan = (number) => say("yuan", { n: rounded(Number(number), language) });

// Two columns from rows of the question `pairs`, with the totals of the payers and the entities by IRI.
export function overview(pairs, totals, entities, height) {
  const known = pairs.filter(({ agent, for: to }) => entities.has(agent) && entities.has(to));
  const named = (iri) => ({ kind: kindOf(entities.get(iri).classes), label: entities.get(iri).label });
  return twoColumns(
    known.map(({ agent, for: to, stated }) => ({ from: agent, to, stated: Number(stated) })),
    { height, named, money: yuan, total: (iri) => totals.get(iri) ?? 0 },
  );
}

// Entities, measures and relations of several neighbourhoods in one graph.
export function surroundings(abouts) {
  const nodes = new Map();
  const ties = new Ties("、");
  const entity = ({ iri, label, classes }) => nodes.set(iri, { id: iri, kind: kindOf(classes), label });
  for (const about of abouts) {
    if (nodes.size > MOST) break;
    entity(about);
    for (const measure of about.measures) {
      nodes.set(measure.iri, badgeOf(measure));
      for (const filler of measure.fillers) {
        entity(filler);
        ties.fill(measure.iri, filler.slot.slice(HM.length), filler.iri, called(filler.slot));
      }
      for (const thing of measure.amounts.flatMap((amount) => [...amount.of.values()])) {
        entity(thing);
        ties.join(measure.iri, thing.iri, called(`${HM}of`));
      }
    }
    for (const link of about.links.slice(0, 16)) {
      entity(link.other);
      ties.join(link.from, link.to, called(link.property));
    }
    for (const post of about.posts.slice(0, 6)) {
      entity({ iri: post.person, label: post.name, classes: [`${HM}Person`] });
      if (!post.body) continue;
      entity({ iri: post.body, label: post.bodyName, classes: [`${HM}Organisation`] });
      ties.join(post.person, post.body, post.role);
    }
  }
  const weighed = [...nodes.values()].map((node) => ({ weight: ties.degree.get(node.id) ?? 0, ...node }));
  return { nodes: weighed, edges: [...ties.edges.values()] };
}

const badgeOf = (measure) =>
  badge({
    id: measure.iri,
    amounts: measure.amounts.map(named),
    otherwise: measure.kind ? called(measure.kind) : "…",
    doubted: Boolean(measure.modality),
    planned: measure.status === `${HM}Planned`,
  });

export function named({ label, class: sort, of }) {
  const [thing] = sort === `${HM}Count` ? [...of.values()] : [];
  return countedName(label, thing?.label);
}

export const glyphOf = (classes) => drawn[kindOf(classes) ?? narrowest(classes)];
