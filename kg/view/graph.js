// Which graph is drawn: all of a small one, who → whom of a large one, or what surrounds one thing.

const MOST = 300; // nodes; more of them are a hairball on any screen
const ROOM = 4200; // square pixels of the window for each, or fewer are drawn
const NEAR = 40; // measures around one thing, those with most money

function badgeOf(measure) {
  // money first: it is what most people look for
  const amounts = [...measure.amount].sort((a, b) => (a.type !== "Money") - (b.type !== "Money"));
  return badge({
    id: measure.id,
    amounts: amounts.map(amountName),
    otherwise: measureName(measure),
    doubted: Boolean(measure.modality),
    planned: measure.status === "Planned",
    weight: 1 + Math.log10(Math.max(1, worth(measure))),
  });
}

// Measures as nodes between those who take part, and the direct relations of `related`.
function unfolded(measures, related, state) {
  const ties = new Ties(word("list"));
  const hidden = (iri) => state.hide.includes(data.entities[iri]?.kind);
  for (const measure of measures)
    for (const slot of SLOTS)
      for (const iri of measure[slot]) if (!hidden(iri)) ties.fill(measure.id, slot, iri, term(slot));
  for (const { s, p, o, text } of related)
    if (s && o && s !== o && !hidden(s) && !hidden(o)) ties.join(s, o, p === "role" ? text : term(p), p);
  const entities = state.loose
    ? Object.keys(data.entities).filter((iri) => !hidden(iri) && (ties.degree.has(iri) || inArticles(iri, state)))
    : [...ties.degree.keys()].filter((iri) => data.entities[iri]);
  const nodes = entities.map((iri) => ({ id: iri, ...named(iri), weight: ties.degree.get(iri) ?? 0 }));
  nodes.push(...measures.filter(({ id }) => ties.degree.has(id)).map(badgeOf));
  return { nodes, edges: [...ties.edges.values()] };
}
const named = (iri) => ({
  kind: data.entities[iri]?.kind,
  label: iri ? nameOf(iri) : word("nobody"),
});

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
    for (const [from, to, stated] of data.pairs) pair(from, to).stated = Number(stated);
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
  const hidden = (iri) => iri && state.hide.includes(data.entities[iri]?.kind);
  const all = [...pairs(measures, state).values()].filter(({ from, to }) => !hidden(from) && !hidden(to));
  all.sort((a, b) => b.stated - a.stated || b.measures.size - a.measures.size || (a.id < b.id ? -1 : 1));
  const here = isFiltered(state) || data.whole;
  const drawn = twoColumns(
    all.map((one) => ({ ...one, otherwise: word("measuresN", { n: one.measures.size }) })),
    {
      height,
      named,
      money: yuan,
      total: (iri) =>
        here ? paid(byEntityIn(measures, iri), iri).stated : Number(data.entities[iri]?.pays?.stated ?? 0),
    },
  );
  return {
    ...drawn,
    said: word("columns", {
      left: drawn.left.length,
      ofLeft: here ? new Set(all.map(({ from }) => from)).size : data.inAll.payers,
      right: drawn.right.length,
      ofRight: here ? new Set(all.map(({ to }) => to)).size : data.inAll.paidFor,
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
