// The panel: what is known of the thing that is chosen.

const SHOWN = 40; // measures at a time
const section = (key, children) => (children.length ? [element("h3", {}, word(key)), ...children] : []);

// rows of name and values; a row without values is left out
function properties(rows) {
  const list = element("dl");
  for (const [name, values] of rows)
    if (values.length) list.append(element("dt", {}, name), ...values.map((value) => element("dd", {}, value)));
  return list.childElementCount ? [list] : [];
}

const amountLabels = (measure) => measure.amount.map(({ label }) => label);

function tellMeasure(measure) {
  const rows = SLOTS.map((slot) => [term(slot), measure[slot].map((iri) => reference(iri))]);
  rows.push([
    term("amount"),
    measure.amount.map((amount) =>
      element(
        "span",
        {},
        element("span", { class: "amount", lang: "zh" }, amount.label),
        amountText(amount),
        (amount.of ?? []).filter((iri) => data.entities[iri]).flatMap((iri) => [` ${term("of")} `, reference(iri)]),
        amount.flow ? element("small", {}, ` ${term(amount.flow)}`) : "",
        amount.type === "Money" ? element("small", {}, `${DOT}${whyOf(amount, amount.countsFor?.[0])}`) : "",
      ),
    ),
  ]);
  for (const key of ["status", "modality", "kind"]) rows.push([term(key), measure[key] ? [term(measure[key])] : []]);
  for (const key of ["period", "start", "end"]) rows.push([term(key), measure[key] ? [measure[key]] : []]);
  return [
    sentence(measure),
    ...properties(rows),
    ...section("quotes", quoted(measure.at, amountLabels(measure), measure.id)),
  ];
}

function item(measure, current) {
  const said = sentence(measure, current);
  said.append(" ", link(measure.id, word("open"), "link more"));
  return element("li", {}, said, quoted(measure.at, amountLabels(measure), measure.id));
}

// A list of measures, some at a time.
function measuresOf(measures, current) {
  const sorted = [...measures].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
  const list = element("ul", { class: "measures" });
  const more = element("button", { type: "button", class: "further", onclick: () => show() });
  const show = () => {
    const from = list.childElementCount;
    list.append(...sorted.slice(from, from + SHOWN).map((measure) => item(measure, current)));
    const left = sorted.length - list.childElementCount;
    more.hidden = !left;
    more.textContent = word("further", { n: left });
  };
  show();
  return sorted.length ? [list, more] : [];
}

function tellLink(relation, iri) {
  const forward = relation.s === iri;
  const other = forward ? relation.o : relation.s;
  const verb = relation.p === "role" ? element("span", { lang: "zh" }, relation.text) : term(relation.p);
  const quotes = quoted(relation.at, [nameOf(other), relation.text], null);
  const more = quotes.length ? [element("details", {}, element("summary", {}, word("source")), quotes)] : [];
  return element("li", {}, forward ? "" : word("reverse"), verb, " ", other ? reference(other) : "", more);
}

// What a payer pays in all, and under it every sum of its own: the counted ones first, each leading to its quotes.
function tellSums(iri) {
  const pays = data.entities[iri].pays;
  if (!pays) return [];
  const own = [...(byEntity.get(iri) ?? [])].filter((measure) => measure.agent.includes(iri));
  const sums = own.flatMap((measure) =>
    measure.amount.filter(({ type }) => type === "Money").map((amount) => ({ measure, amount })),
  );
  const counts = ({ amount }) => Boolean(amount.countsFor?.includes(iri));
  sums.sort(
    (one, other) =>
      counts(other) - counts(one) || Number(other.amount.asStated ?? 0) - Number(one.amount.asStated ?? 0),
  );
  const items = sums.map((sum) =>
    element(
      "li",
      { class: counts(sum) ? "counted" : "quiet" },
      link(sum.measure.id, sum.amount.label),
      sum.amount.times ? ` × ${grouped(sum.amount.times)}` : "",
      " ",
      element("small", {}, whyOf(sum.amount, iri)),
      quoted(sum.measure.at, [sum.amount.label], sum.measure.id),
    ),
  );
  const least = pays.atLeast === pays.stated ? "" : word("paysAtLeast", { least: grouped(pays.atLeast) });
  return [
    element(
      "details",
      { class: "pays" },
      element(
        "summary",
        {},
        `${word("pays")} `,
        element(
          "strong",
          { class: "amount" },
          least + word("paysText", { stated: grouped(pays.stated), n: pays.sums }),
        ),
      ),
      element("ul", { class: "measures" }, items),
    ),
  ];
}

function tellEntity(iri) {
  const entity = data.entities[iri];
  const rows = [
    [term("skos:altLabel"), entity.alt.map((name) => element("span", { lang: "zh" }, name))],
    ...Object.entries(entity.more).map(([name, values]) => [term(name), values]),
  ];
  rows.push([
    word("articles"),
    entity.articles.map((id) =>
      element(
        "a",
        {
          class: "link",
          lang: "zh",
          href: `#${new URLSearchParams({ read: id, node: iri })}`,
          onclick: (event) => {
            event.preventDefault();
            go({ read: id, node: iri });
          },
        },
        articles.get(id)?.title || id,
      ),
    ),
  ]);
  const told = measuresOf(byEntity.get(iri) ?? [], iri);
  const related = [...(linksOf.get(iri) ?? [])].map((one) => tellLink(one, iri));
  const spare = entity.at.length - 12;
  const surroundings =
    state.around === iri
      ? []
      : [
          element(
            "button",
            {
              type: "button",
              class: "further",
              onclick: () => go({ view: "graph", around: iri, pair: "", node: iri }),
            },
            word("surroundings"),
          ),
        ];
  return [
    ...tellSums(iri),
    ...surroundings,
    ...properties(rows),
    ...section("links", related.length ? [element("ul", {}, related)] : []),
    ...section("measures", told),
    ...(told.length
      ? []
      : section("quotes", [
          ...quoted(entity.at.slice(0, 12), [entity.label, ...entity.alt], null),
          spare > 0 ? element("p", { class: "quiet" }, word("morePassages", { n: spare })) : "",
        ])),
  ];
}

function tellPair(id) {
  const [from, to] = id.split(" ");
  const found = between(filtered(state), from, to);
  if (!found.length && !data.whole) return [element("p", {}, word("elsewhere"))];
  return measuresOf(found);
}

// What the panel is about: {title, kind?, parts}, or null where nothing is chosen.
function about(state) {
  const entity = data.entities[state.node];
  const measure = data.measures[state.node];
  if (entity)
    return {
      kind: entity.kind,
      title: [element("span", { lang: "zh" }, entity.label)],
      note: term(entity.type),
      parts: () => tellEntity(state.node),
    };
  if (measure)
    return {
      kind: "Measure",
      title: [element("span", { lang: "zh" }, measureName(measure))],
      note: term("Measure"),
      parts: () => tellMeasure(measure),
    };
  if (state.list) {
    const { title, measures } = behind(state);
    return {
      kind: "Measure",
      title: [title],
      note: word("measuresN", { n: measures.length }),
      parts: () => measuresOf(measures),
    };
  }
  if (state.pair) {
    const [from, to] = state.pair.split(" ");
    return {
      kind: "Measure",
      title: [nameOf(from), " → ", to ? nameOf(to) : word("nobody")],
      note: "",
      parts: () => tellPair(state.pair),
    };
  }
  return null;
}

function fillPanel(state) {
  const panel = document.getElementById("panel");
  const found = about(state);
  panel.hidden = !found;
  if (!found) return;
  document
    .getElementById("panel-title")
    .replaceChildren(
      ...(found.kind ? [glyph(looks[found.kind])] : []),
      " ",
      ...found.title,
      " ",
      element("small", {}, found.note),
    );
  document.getElementById("panel-body").replaceChildren(...found.parts());
  panel.scrollTop = 0;
}
