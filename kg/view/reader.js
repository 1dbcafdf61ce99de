// The text that proves: an article with every mention underlined, and the parts of the chosen fact where they are told.

let packedTexts = null;
const textsOf = async () => (packedTexts ??= await unpack("texts"));

// Where a fact's parts are told: its amounts where they stand, who and what it names in its own words, else before them.
function told(measure, article) {
  const found = [];
  const own = measure.at.map(passage).filter((at) => at.article === article);
  for (const amount of measure.amount)
    for (const at of (amount.at ?? []).map(passage)) if (at.article === article) found.push({ ...at, slot: "amount" });
  const [begin, end] = [Math.min(...own.map(({ start }) => start)), Math.max(...own.map((at) => at.end))];
  for (const slot of SLOTS)
    for (const iri of measure[slot]) {
      const all = data.entities[iri].at
        .map(passage)
        .filter((at) => at.article === article)
        .sort((a, b) => a.start - b.start);
      const best =
        all.find((at) => at.start >= begin && at.end <= end) ?? all.filter((at) => at.start < begin).at(-1) ?? all[0];
      if (best) found.push({ ...best, slot });
    }
  return { own, found };
}

const factsOf = (article) =>
  [...(byArticle.get(article) ?? [])]
    .map((measure) => ({
      measure,
      at: Math.min(
        ...measure.at
          .map(passage)
          .filter((p) => p.article === article)
          .map(({ start }) => start),
      ),
    }))
    .sort((a, b) => a.at - b.at || (a.measure.id < b.measure.id ? -1 : 1))
    .map(({ measure }) => measure);

function mentionsIn(article) {
  const found = [];
  for (const [iri, entity] of Object.entries(data.entities))
    if (entity.articles.includes(article))
      for (const at of entity.at) {
        const p = passage(at);
        if (p.article === article) found.push({ start: p.start, end: p.end, iri });
      }
  for (const measure of byArticle.get(article) ?? [])
    for (const amount of measure.amount)
      for (const at of (amount.at ?? []).map(passage)) found.push({ start: at.start, end: at.end, iri: measure.id });
  return found;
}

// A stretch of the text cut wherever a mention, a fact or a part of the chosen fact begins or ends.
function stretch(points, start, end, { mentions, facts, parts, chosen }) {
  const ranges = [...mentions, ...facts, ...parts].filter((one) => one.start < end && one.end > start);
  const cuts = [...new Set([start, end, ...ranges.flatMap((one) => [one.start, one.end])])]
    .filter((at) => at >= start && at <= end)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1];
    const words = points
      .slice(from, to)
      .join("")
      .replace(/[\r\n]+/gu, "");
    const over = (list) =>
      list.filter((one) => one.start <= from && one.end >= to).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    const [mention, fact, part] = [over(mentions), over(facts), over(parts)];
    if (!words) return "";
    const classes = [
      mention && `mention ${kindOf(mention.iri)}`,
      fact && "fact",
      fact?.measure === chosen && chosen && "chosen",
      part && "part",
    ]
      .filter(Boolean)
      .join(" ");
    const attributes = {
      class: classes || undefined,
      "data-slot": part && part.start === from ? slotName(part.slot) : undefined,
    };
    if (mention)
      return element(
        "a",
        {
          ...attributes,
          href: `#${new URLSearchParams({ node: mention.iri, read: state.read })}`,
          title: term(data.entities[mention.iri]?.type ?? "amount"),
          onclick: (event) => {
            event.preventDefault();
            go({ node: mention.iri, pair: "", list: "" });
          },
        },
        words,
      );
    return element(
      "span",
      { ...attributes, onclick: fact ? () => go({ node: fact.measure.id, pair: "", list: "" }) : undefined },
      words,
    );
  });
}
const kindOf = (iri) => data.entities[iri]?.kind ?? "Measure";
const slotName = (slot) => word(`slot-${slot}`);

async function fillReader(state) {
  const reader = document.getElementById("reader");
  reader.hidden = !state.read;
  if (!state.read) return;
  const article = articles.get(state.read);
  const facts = factsOf(state.read);
  const chosen = data.measures[state.node]?.articles.includes(state.read) ? data.measures[state.node] : null;
  const at = facts.indexOf(chosen);
  const step = (to, key) =>
    element(
      "button",
      {
        type: "button",
        "data-step": key,
        disabled: !facts[to],
        onclick: () => go({ node: facts[to].id, pair: "", list: "" }),
      },
      word(key),
    );
  document
    .getElementById("reader-steps")
    .replaceChildren(
      step(at < 0 ? -1 : at - 1, "previous"),
      element(
        "span",
        { role: "status" },
        facts.length ? word(at < 0 ? "factsN" : "factN", { n: at + 1, all: facts.length }) : word("noFacts"),
      ),
      step(at + 1, "next"),
    );
  const body = document.getElementById("reader-body");
  const texts = await textsOf();
  if (state !== current()) return;
  const [, document_, number] = /([0-9a-f]{16})-(\d+)$/u.exec(state.read) ?? [];
  const kept = texts.of[document_];
  const head = element(
    "p",
    { class: "quiet", lang: "zh" },
    [article.publisher, article.by.join(" "), article.date, article.file].filter(Boolean).join(DOT),
  );
  if (!kept) {
    const why = texts.kept ? word("textElsewhere") : word("noTexts");
    const where = texts.kept
      ? [" ", element("a", { href: `texts/${document_}.txt`, target: "_blank" }, `texts/${document_}.txt`)]
      : [];
    body.replaceChildren(
      element("h2", { lang: "zh" }, article.title),
      head,
      element("p", {}, why, where),
      ...facts.flatMap((measure) => quoted(measure.at, amountLabels(measure), measure.id)),
    );
    return;
  }
  const { found = [], own = [] } = chosen ? told(chosen, state.read) : {};
  const marked = {
    mentions: mentionsIn(state.read),
    facts: facts.flatMap((measure) => measure.at.map(passage).map(({ start, end }) => ({ start, end, measure }))),
    parts: found,
    chosen,
  };
  // of a chosen entity every mention stands out
  if (data.entities[state.node])
    marked.parts = marked.mentions.filter(({ iri }) => iri === state.node).map((one) => ({ ...one, slot: "here" }));
  const points = [...kept.text]; // offsets count code points
  const tag = { headline: "h2", subhead: "h3", byline: "address", caption: "p", box: "p", body: "p" };
  body.replaceChildren(
    head,
    ...kept.paragraphs[number].map(([kind, start, end]) =>
      element(tag[kind] ?? "p", { class: kind, lang: "zh" }, stretch(points, start, end, marked)),
    ),
  );
  const here = body.querySelector(".chosen, .part");
  if (here && (own.length || marked.parts.length)) here.scrollIntoView({ block: "center" });
}
