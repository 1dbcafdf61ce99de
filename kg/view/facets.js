// One filter over everything: facets that combine, each with how many measures it would leave.

const bodies = (measure) => measure.agent.map((iri) => data.entities[iri]?.type).filter(Boolean);
const seatsOf = (measure) => {
  if (measure.place.length) return measure.place;
  const seats = measure.agent.flatMap((iri) =>
    [...(linksOf.get(iri) ?? [])].filter(({ s, p }) => s === iri && p === "jurisdiction").map(({ o }) => o),
  );
  return [...seats, ...measure.agent.filter((iri) => data.entities[iri]?.kind === "Place")];
};
const dayOf = (measure) => articles.get(measure.articles[0])?.date ?? measure.start ?? "";

// Each gives the values of a measure (at least one, "" for none of them), and how a value is called.
const FACETS = {
  class: { of: (measure) => bodies(measure), called: term },
  kind: { of: (measure) => [measure.kind], called: term },
  flow: { of: (measure) => measure.amount.map(({ flow }) => flow).filter(Boolean), called: term },
  status: { of: (measure) => [measure.status], called: term },
  modality: { of: (measure) => [measure.modality], called: term },
  place: { of: seatsOf, called: nameOf },
  date: { of: (measure) => [dayOf(measure).slice(0, 7)], called: (value) => value },
  article: { of: (measure) => measure.articles, called: (iri) => articles.get(iri)?.title || iri },
};
const values = new Map(
  measureList.map((measure) => [
    measure,
    Object.fromEntries(Object.entries(FACETS).map(([key, { of }]) => [key, [...new Set(of(measure).filter(Boolean))]])),
  ]),
);
const valuesOf = (measure, key) => (values.get(measure)[key].length ? values.get(measure)[key] : [""]);
const LISTED = 12; // values of a facet that are offered at once
const TOP = Math.max(1, ...measureList.map(worth));
const STEPS = 60; // of the slider, evenly over the powers of ten

const sumAt = (step) => (step <= 0 ? 0 : 10 ** ((step / STEPS) * Math.log10(TOP)));
const stepAt = (sum) => (sum <= 1 ? 0 : (Math.log10(sum) / Math.log10(TOP)) * STEPS);

const chosenOf = (state) => Object.keys(FACETS).filter((key) => state[key]?.length);
const isFiltered = (state) => chosenOf(state).length > 0 || Boolean(state.least || state.most || state.words);

function passes(measure, state, except) {
  for (const key of Object.keys(FACETS))
    if (key !== except && state[key]?.length && !valuesOf(measure, key).some((value) => state[key].includes(value)))
      return false;
  if (state.words && !says(measure, state.words)) return false;
  if (except === "amount" || !(state.least || state.most)) return true;
  const sum = worth(measure);
  return sum >= 0 && sum >= (state.least || 0) * 0.999 && sum <= (state.most || Infinity) * 1.001;
}

// Does a measure tell these words: in its quote, or as an amount of the same value?
function says(measure, words) {
  const plain = words.replace(/\s/gu, "");
  const number = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:万|亿)?元?$/u.test(plain)
    ? Number(plain.replace(/[^\d.]/gu, "")) * (plain.includes("亿") ? 1e8 : plain.includes("万") ? 1e4 : 1)
    : NaN;
  return (
    measure.amount.some(
      (amount) => amount.label.includes(plain) || (amount.type === "Money" && Number(amount.value) === number),
    ) || measure.at.some((at) => passage(at).quote.includes(plain))
  );
}

const filtered = (state) => measureList.filter((measure) => passes(measure, state));

function countsOf(state, key) {
  const counts = new Map();
  for (const measure of measureList)
    if (passes(measure, state, key))
      for (const value of valuesOf(measure, key)) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const value of state[key] ?? []) if (!counts.has(value)) counts.set(value, 0);
  return counts;
}

function facet(state, key, go) {
  const { called } = FACETS[key];
  const counts = countsOf(state, key);
  if (counts.size < 2 && !state[key]?.length) return null;
  const picked = state[key] ?? [];
  const list = element("ul");
  const label = (value) => (value === "" ? word("none") : called(value));
  const order = [...counts].sort(
    (a, b) =>
      picked.includes(b[0]) - picked.includes(a[0]) ||
      (key === "date" ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1] || (label(a[0]) < label(b[0]) ? -1 : 1)),
  );
  const fill = (wanted = "") => {
    const fitting = order.filter(([value]) => label(value).includes(wanted));
    list.replaceChildren(
      ...fitting.slice(0, LISTED).map(([value, count]) => {
        const box = element("input", {
          type: "checkbox",
          name: key,
          value,
          onchange: () => go({ [key]: box.checked ? [...picked, value] : picked.filter((one) => one !== value) }),
        });
        box.checked = picked.includes(value);
        return element(
          "li",
          {},
          element(
            "label",
            {},
            box,
            " ",
            element("span", { lang: key === "place" || key === "article" ? "zh" : undefined }, label(value)),
            " ",
            element("span", { class: "count" }, count),
          ),
        );
      }),
      fitting.length > LISTED ? element("li", { class: "quiet" }, word("further", { n: fitting.length - LISTED })) : "",
    );
  };
  fill();
  const narrow =
    counts.size > LISTED
      ? element("input", {
          type: "search",
          "aria-label": word("narrow"),
          placeholder: word("narrow"),
          oninput: (event) => fill(event.target.value),
        })
      : null;
  return element(
    "details",
    {
      "data-facet": key,
      open: key === "kind" || key === "class" || picked.length > 0 || openFacets.has(key),
      ontoggle: (event) => openFacets[event.target.open ? "add" : "delete"](key),
    },
    element("summary", {}, word(`facet-${key}`), picked.length ? ` (${picked.length})` : ""),
    narrow,
    list,
  );
}
const openFacets = new Set();

// Two sliders over the powers of ten: between which sums the largest of a measure lies.
function slider(state, go) {
  if (TOP <= 1) return null;
  const said = element("output", {});
  const handle = (key, at) =>
    element("input", {
      type: "range",
      min: 0,
      max: STEPS,
      value: Math.round(at),
      "aria-label": word(key),
      oninput: () => tell(),
      onchange: () => go(read()),
    });
  const [low, high] = [handle("least", stepAt(state.least || 0)), handle("most", stepAt(state.most || TOP))];
  const read = () => ({
    least: Number(low.value) > 0 ? Math.round(sumAt(Number(low.value))) : 0,
    most: Number(high.value) < STEPS ? Math.round(sumAt(Number(high.value))) : 0,
  });
  const tell = () => {
    const { least, most } = read();
    said.textContent = `${yuan(least)} – ${yuan(most || TOP)}`;
    for (const [at, one] of [
      [least, low],
      [most || TOP, high],
    ])
      one.setAttribute("aria-valuetext", yuan(at));
  };
  tell();
  return element("fieldset", { "data-facet": "amount" }, element("legend", {}, word("facet-amount")), low, high, said);
}

function fillFacets(place, state, go) {
  const { name, value, type } = document.activeElement ?? {};
  place.replaceChildren(
    ...[slider(state, go), ...Object.keys(FACETS).map((key) => facet(state, key, go))].filter(Boolean),
  );
  // the box that was just clicked keeps the focus
  if (type === "checkbox")
    [...place.querySelectorAll("input")].find((input) => input.name === name && input.value === value)?.focus();
}

// What is chosen, each with a way to take it back.
function chips(state, go) {
  const chip = (text, patch) =>
    element(
      "button",
      { type: "button", class: "chip", title: word("remove"), onclick: () => go(patch) },
      text,
      element("span", { "aria-hidden": "true" }, " ×"),
    );
  const made = chosenOf(state).flatMap((key) =>
    state[key].map((value) =>
      chip(value === "" ? `${word(`facet-${key}`)}: ${word("none")}` : FACETS[key].called(value), {
        [key]: state[key].filter((one) => one !== value),
      }),
    ),
  );
  if (state.least || state.most)
    made.unshift(chip(`${yuan(state.least || 0)} – ${state.most ? yuan(state.most) : "…"}`, { least: 0, most: 0 }));
  if (state.words) made.unshift(chip(`“${state.words}”`, { words: "" }));
  return made;
}
