// Which graph is drawn: all of a small one, who → whom of a large one, or what surrounds one thing.

const MOST = 300; // nodes; more of them are a hairball on any screen
const ROOM = 4200; // square pixels of the window for each, or fewer are drawn
const NEAR = 40; // measures around one thing, those with most money
const ROW = 25; // px between two names of a column
const EDGES = {
  agent: ["#0072B2", false],
  partner: ["#0072B2", true],
  beneficiary: ["#D55E00", false],
  provides: ["#CC79A7", false],
  programme: ["#009E73", false],
  place: ["#56B4E9", false],
};
const LINK = ["#888888", true];
const PLANNED = "#FFE7B8"; // the colour of measures, pale
const DOUBTED = "#D9D9D9"; // denied, conditional or alleged: no gift to count on

const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

function badge(measure) {
  const tint = measure.modality ? DOUBTED : measure.status === "Planned" ? PLANNED : undefined;
  // money first: it is what most people look for
  const amounts = [...measure.amount].sort((a, b) => (a.type !== "Money") - (b.type !== "Money"));
  const lines = [...new Set(amounts.map(amountName))].map((line) => short(line, 14));
  const label = lines.length
    ? [...lines.slice(0, 2), ...(lines.length > 2 ? [`+${lines.length - 2}`] : [])]
    : [short(measureName(measure), 10)];
  return {
    id: measure.id,
    kind: "Measure",
    label,
    tint,
    dashed: Boolean(tint),
    weight: 1 + Math.log10(Math.max(1, worth(measure))),
  };
}

// Measures as nodes between those who take part, and the direct relations of `related`.
function unfolded(measures, related, state) {
  const edges = new Map();
  const degree = new Map();
  const join = (from, to, role, [colour, dashed]) => {
    const id = `${from} ${to}`;
    const label = term(role);
    if (!edges.has(id)) for (const end of [from, to]) degree.set(end, (degree.get(end) ?? 0) + 1);
    const known = edges.get(id)?.label;
    edges.set(id, {
      id,
      from,
      to,
      colour,
      dashed,
      width: 2,
      label: known && known !== label ? `${known}${word("list")}${label}` : label,
    });
  };
  const hidden = (iri) => state.hide.includes(data.entities[iri]?.kind);
  for (const measure of measures)
    for (const slot of SLOTS)
      for (const iri of measure[slot])
        if (!hidden(iri))
          join(...(slot === "agent" || slot === "partner" ? [iri, measure.id] : [measure.id, iri]), slot, EDGES[slot]);
  for (const { s, p, o, text } of related)
    if (s && o && s !== o && !hidden(s) && !hidden(o)) join(s, o, p === "role" ? text : p, LINK);
  const nodes = [...degree.keys()]
    .filter((iri) => data.entities[iri])
    .map((iri) => ({
      id: iri,
      kind: data.entities[iri].kind,
      label: data.entities[iri].label,
      weight: degree.get(iri),
    }));
  const alone = state.loose
    ? Object.keys(data.entities).filter((iri) => !degree.has(iri) && !hidden(iri) && inArticles(iri, state))
    : [];
  nodes.push(
    ...alone.map((iri) => ({ id: iri, kind: data.entities[iri].kind, label: data.entities[iri].label, weight: 0 })),
  );
  nodes.push(...measures.filter(({ id }) => degree.has(id)).map(badge));
  return { nodes, edges: [...edges.values()] };
}

const inArticles = (iri, state) =>
  !state.article?.length || data.entities[iri].articles.some((article) => state.article.includes(article));

// The relations that go with these measures: all of the chosen articles, unless another facet is chosen too.
function relatedTo(measures, state) {
  const others = chosenOf(state).some((key) => key !== "article") || state.least || state.most || state.words;
  const taking = new Set(measures.flatMap((measure) => SLOTS.flatMap((slot) => measure[slot])));
  const inside = (iri) => data.entities[iri] && (others ? taking.has(iri) : inArticles(iri, state));
  return data.links.filter(({ s, o }) => inside(s) && inside(o));
}

// Who pays whom, told once: Map of "payer beneficiary" to {from, to, stated, measures}; "" where nobody is named.
function pairs(measures, state) {
  const found = new Map();
  const pair = (from, to) => {
    const id = `${from} ${to}`;
    return found.get(id) ?? found.set(id, { id, from, to, stated: 0, measures: new Set() }).get(id);
  };
  if (!data.whole && !isFiltered(state)) {
    for (const [from, to, , stated, count] of data.pairs)
      Object.assign(pair(from, to), { stated: Number(stated), count });
    return found;
  }
  for (const measure of measures) {
    for (const from of measure.agent) for (const to of measure.beneficiary) pair(from, to).measures.add(measure);
    for (const amount of measure.amount) {
      for (const [from, to, , stated] of amount.shares ?? [])
        if (data.entities[from] && data.entities[to]) pair(from, to).stated += Number(stated);
      if (!measure.beneficiary.length)
        for (const from of amount.countsFor ?? []) {
          const one = pair(from, "");
          one.stated += Number(amount.asStated);
          one.measures.add(measure);
        }
    }
  }
  return found;
}

// Two columns, who and whom, with those between whom most money goes.
function folded(measures, state, height) {
  const room = Math.max(8, Math.floor(height / ROW));
  const hidden = (iri) => iri && state.hide.includes(data.entities[iri]?.kind);
  const all = [...pairs(measures, state).values()].filter(({ from, to }) => !hidden(from) && !hidden(to));
  all.sort((a, b) => b.stated - a.stated || b.measures.size - a.measures.size || (a.id < b.id ? -1 : 1));
  const [left, right, kept] = [new Map(), new Map(), []];
  for (const one of all) {
    const fits = (left.has(one.from) || left.size < room) && (right.has(one.to) || right.size < room);
    if (!fits) continue;
    kept.push(one);
    left.set(one.from, (left.get(one.from) ?? 0) + one.stated);
    right.set(one.to, (right.get(one.to) ?? 0) + one.stated);
  }
  const filter = isFiltered(state) || data.whole;
  const total = (iri) =>
    filter ? paid(byEntityIn(measures, iri), iri).stated : Number(data.entities[iri]?.pays?.stated ?? 0);
  const node = (side, id, iri, sum) => ({
    id,
    kind: data.entities[iri]?.kind,
    label: iri ? nameOf(iri) : word("nobody"),
    tail: sum ? yuan(sum) : "",
    weight: 1 + Math.log10(1 + sum),
    side,
  });
  const most = Math.max(1, ...kept.map(({ stated }) => stated));
  const payers = [...left.keys()].map((iri) => [iri, total(iri)]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    left: payers.map(([iri]) => `a:${iri}`),
    right: [...right.keys()].map((iri) => `b:${iri}`),
    nodes: [
      ...payers.map(([iri, sum]) => node("left", `a:${iri}`, iri, sum)),
      ...[...right].map(([iri, sum]) => node("right", `b:${iri}`, iri, sum)),
    ],
    edges: kept.map(({ id, from, to, stated, measures: told, count }) => ({
      id,
      from: `a:${from}`,
      to: `b:${to}`,
      colour: stated ? looks.Measure.colour : "#888888",
      dashed: !stated,
      width: stated ? Math.max(1.5, (20 * stated) / most) : 1.5,
      label: stated ? yuan(stated) : word("measuresN", { n: told.size || count }),
    })),
    said: word("columns", {
      left: left.size,
      ofLeft: filter ? new Set(all.map(({ from }) => from)).size : data.inAll.payers,
      right: right.size,
      ofRight: filter ? new Set(all.map(({ to }) => to)).size : data.inAll.paidFor,
    }),
  };
}
const byEntityIn = (measures, iri) => {
  const own = byEntity.get(iri) ?? new Set();
  return measures.length === measureList.length ? own : measures.filter((measure) => own.has(measure));
};

// The graph of a state: {nodes, edges, left?, right?, said}.
function graphOf(state, shown, height) {
  const near = (found, said) => {
    const best = [...found].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1)).slice(0, NEAR);
    return { measures: best, said: word(said, { shown: best.length, all: found.length, name: nameOf(state.around) }) };
  };
  if (state.pair) {
    const [from, to] = state.pair.split(" ");
    const { measures, said } = near(between(shown, from, to), "between");
    return { ...unfolded(measures, [], { ...state, loose: "" }), said };
  }
  if (state.around) {
    const { measures, said } = near(
      shown.filter((measure) => byEntity.get(state.around)?.has(measure)),
      "surrounds",
    );
    const related = [...(linksOf.get(state.around) ?? [])].slice(0, NEAR);
    return { ...unfolded(measures, related, { ...state, loose: "" }), said };
  }
  const most = Math.min(MOST, (innerWidth * innerHeight) / ROOM);
  if (!state.hide.includes("Measure") && shown.length <= most && (data.whole || isFiltered(state))) {
    const whole = unfolded(shown, relatedTo(shown, state), state);
    if (whole.nodes.length <= most || state.loose) return { ...whole, said: "" };
  }
  return folded(shown, state, height);
}

// The measures behind an edge of the two columns.
const between = (shown, from, to) =>
  shown.filter((measure) =>
    to
      ? measure.agent.includes(from) && measure.beneficiary.includes(to)
      : !measure.beneficiary.length && measure.amount.some(({ countsFor }) => countsFor?.includes(from)),
  );
