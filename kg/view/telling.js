// Facts as sentences, with links to who and what they name, and the quotes that say so.

// Real links, so that names break across lines and addresses can be copied; a plain click keeps the rest of the state.
function link(iri, text, classes = "link") {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    look(iri);
  };
  return element(
    "a",
    {
      href: `#${new URLSearchParams({ node: iri })}`,
      class: classes,
      lang: data.entities[iri] ? "zh" : undefined,
      onclick: open,
    },
    text,
  );
}

const reference = (iri, current) =>
  iri === current ? element("strong", { lang: "zh" }, nameOf(iri)) : link(iri, nameOf(iri));
const listed = (iris, current) =>
  iris.flatMap((iri, i) => (i ? [word("list"), reference(iri, current)] : [reference(iri, current)]));

// 计划中、有条件: how far a measure has come, and how it is said where it is not plainly told
const saidOf = (measure) => [measure.status, measure.modality].filter(Boolean).map(term).join(word("list"));

// 杭州市总工会 向 工会会员 提供 学历提升专项补助 1400万元（计划中）
function sentence(measure, current) {
  const parts = [];
  const phrase = (slot, key) => (measure[slot].length ? [` ${word(key)} `, ...listed(measure[slot], current)] : []);
  parts.push(...(measure.agent.length ? listed(measure.agent, current) : [word("noAgent")]));
  parts.push(...phrase("partner", "with"), ...phrase("place", "in"));
  if (language === "zh") parts.push(...phrase("programme", "under"), ...phrase("beneficiary", "to"));
  if (measure.provides.length) parts.push(...phrase("provides", "gives"));
  else if (!measure.amount.length) parts.push(` ${word("acts")}`);
  for (const [i, amount] of measure.amount.entries())
    parts.push(i ? word("list") : " ", element("span", { class: "amount", lang: "zh" }, amountName(amount)));
  if (language !== "zh") parts.push(...phrase("beneficiary", "to"), ...phrase("programme", "under"));
  const said = saidOf(measure);
  if (said) parts.push(word("open1") + said + word("close1"));
  return element("p", { class: "sentence" }, parts);
}

// The quotes at these places, with what is marked in them; a click reads the fact in its text.
function quoted(numbers, needles, fact) {
  return numbers.map((number) => {
    const { article, quote, rule } = passage(number);
    const { title, by = [], date, publisher, file } = articles.get(article) ?? {};
    const origin = [title, publisher, by.join(" "), date, file].filter(Boolean).join(DOT);
    const read = (event) => {
      event.preventDefault();
      go({ read: article, node: fact ?? state.node });
    };
    return element(
      "figure",
      {},
      element("blockquote", { lang: "zh" }, marks(quote, needles)),
      element(
        "figcaption",
        {},
        element(
          "a",
          {
            href: `#${new URLSearchParams({ read: article, node: fact ?? "" })}`,
            class: "read",
            lang: "zh",
            onclick: read,
          },
          origin,
        ),
        rule ? element("span", { class: "rule" }, `${DOT}${word("rule")} ${rule}`) : "",
      ),
    );
  });
}

function amountText(amount) {
  const unit = amount.unit ?? "";
  const per = amount.per ? `, ${word("perEach")}${amount.per}` : "";
  const value =
    amount.value !== undefined
      ? `${word(amount.bound ?? "exact")} ${grouped(amount.value)} ${unit}`
      : `${amount.minValue ? grouped(amount.minValue) : ""} – ${amount.maxValue ? grouped(amount.maxValue) : ""} ${unit}`;
  return ` = ${value.trim()}${per}${amount.times ? ` × ${grouped(amount.times)}` : ""}`;
}

// Why a sum of a payer is in the total, or is not.
const whyOf = (amount, payer) =>
  amount.countsFor?.includes(payer)
    ? word("counted")
    : `${word("notCounted")}: ${term(amount.leftOut ?? "PartOfAnother")}`;
