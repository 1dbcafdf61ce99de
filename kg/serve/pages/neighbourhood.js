// All that the explorer shows of one entity, from a handful of small queries.

import { HM, narrowest, question, RDFS } from "./ask.js";

export const PAGE = 12; // measures at a time
export const SLOTS = ["agent", "partner", "beneficiary", "provides", "programme", "place"].map((name) => HM + name);
const QUOTES = 3; // quotes of one link

const groups = (found, key) => {
  const by = new Map();
  for (const row of found) by.set(row[key], [...(by.get(row[key]) || []), row]);
  return by;
};

export async function neighbourhood(iri, from = 0) {
  const [about, measures, linked, posts, total] = await Promise.all([
    question("about", { these: [iri] }),
    question("measures", { these: [iri], from }),
    from ? [] : question("links", { these: [iri] }),
    from ? [] : question("posts", { these: [iri] }),
    from ? [] : question("total", { these: [iri] }),
  ]);
  const paid = Number(total[0]?.n || 0);
  const sums = paid ? await question("sums", { these: [iri] }) : [];
  const links = joined(linked);
  const stated = [...links.flatMap((link) => link.statements), ...posts.map((row) => row.post)];
  const said = groups(stated.length ? await question("quotes", { these: stated }) : [], "fact");
  return {
    ...described(iri, about),
    ...(await listed(measures, from)),
    total: paid ? { least: total[0].least, stated: total[0].stated, n: paid } : null,
    sums,
    links: links.map((link) => ({
      ...link,
      quotes: link.statements.flatMap((statement) => said.get(statement) || []),
    })),
    posts: [...groups(posts, "post")].map(([post, [row]]) => ({ ...row, quotes: said.get(post) || [] })),
  };
}

// What one does for another.
export async function between(from, to, skip = 0) {
  const [payer, other, measures] = await Promise.all([
    question("about", { these: [from] }),
    question("about", { these: [to] }),
    question("between", { these: [from], that: to, from: skip }),
  ]);
  const [one, two] = [described(from, payer), described(to, other)];
  return {
    ...one,
    label: `${one.label} → ${two.label}`,
    names: [],
    codes: [],
    count: null,
    articles: 0,
    ...(await listed(measures, skip)),
    total: null,
    sums: [],
    links: [],
    posts: [],
  };
}

// A page of measures with all that they say, and where the next one begins.
async function listed(measures, from) {
  const shown = measures.slice(0, PAGE).map((row) => row.measure);
  const ask = (name) => (shown.length ? question(name, { these: shown }) : []);
  const [facts, amounts, quotes] = await Promise.all([ask("facts"), ask("amounts"), ask("quotes")]);
  const [said, factsOf, amountsOf] = [groups(quotes, "fact"), groups(facts, "measure"), groups(amounts, "measure")];
  return {
    measures: shown.map((measure) =>
      told(measure, factsOf.get(measure) || [], amountsOf.get(measure) || [], said.get(measure) || []),
    ),
    next: measures.length > PAGE ? from + PAGE : 0,
  };
}

function described(iri, found) {
  const values = (end) => found.filter((row) => row.property.endsWith(end)).map((row) => row.value);
  return {
    iri,
    label: values("#label")[0] || decodeURIComponent(iri.split("/").pop()),
    classes: values("#type").filter((value) => value.startsWith(HM)),
    names: values("#altLabel"),
    codes: values("/identifier"),
    articles: Number(values("#mentionedIn")[0] || 0),
    count: Number(values("#Measure")[0] || 0),
  };
}

function told(iri, facts, amounts, quotes) {
  const of = (name) => facts.filter((row) => row.slot === name);
  const fillers = new Map();
  for (const row of facts.filter(({ slot }) => SLOTS.includes(slot))) {
    const key = `${row.slot} ${row.value}`;
    const filler = fillers.get(key) || { slot: row.slot, iri: row.value, label: row.label, classes: [] };
    filler.classes.push(row.class);
    fillers.set(key, filler);
  }
  const sums = [...groups(amounts, "amount").values()].map(([row, ...rest]) => ({
    ...row,
    number: Number(row.value ?? row.max ?? row.min ?? 0),
    of: new Map(
      [row, ...rest]
        .filter((each) => each.of)
        .map((each) => [
          each.of,
          {
            iri: each.of,
            label: each.name,
            classes: [row, ...rest].filter((r) => r.of === each.of).map((r) => r.ofClass),
          },
        ]),
    ),
  }));
  return {
    iri,
    label: of(`${RDFS}label`)[0]?.value || "",
    status: of(`${HM}status`)[0]?.value,
    modality: of(`${HM}modality`)[0]?.value,
    kind: of(`${HM}kind`)[0]?.value,
    when: ["period", "start", "end"].flatMap((name) => of(HM + name).map((row) => row.value)),
    fillers: [...fillers.values()],
    amounts: sums.sort(
      (a, b) => (a.class === `${HM}Money` ? 0 : 1) - (b.class === `${HM}Money` ? 0 : 1) || b.number - a.number,
    ),
    quotes,
  };
}

function joined(found) {
  const links = new Map();
  for (const row of found) {
    const key = `${row.from} ${row.property} ${row.to}`;
    const link = links.get(key) || {
      from: row.from,
      property: row.property,
      to: row.to,
      other: { iri: row.other, label: row.label, classes: [] },
      statements: [],
    };
    if (!link.other.classes.includes(row.class)) link.other.classes.push(row.class);
    if (row.statement && !link.statements.includes(row.statement) && link.statements.length < QUOTES)
      link.statements.push(row.statement);
    links.set(key, link);
  }
  return [...links.values()].sort((a, b) => (narrowest(a.other.classes) < narrowest(b.other.classes) ? -1 : 1));
}
