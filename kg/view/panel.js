// What the page says about a node. Data reaches the document as text only, never as markup.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
const looks = read("looks");
const WORDS = read("words");
const SLOTS = ["agent", "partner", "beneficiary", "provides", "programme", "place"];
const KINDS = ["Organisation", "Programme", "Measure", "Group", "Item", "Place", "Person"];
const DASH = "–";
const DOT = " | ";

let language = "en";
const word = (key, values = {}) =>
  (WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const term = (name) => data.terms[name]?.[language] ?? name;
const number = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, (mark, _group, at) => (text.slice(0, at).includes(".") ? "" : ","));
const articles = new Map(data.articles.map((article) => [article.id, article]));
const measureList = Object.values(data.measures);
const byEntity = new Map();
for (const measure of measureList)
  for (const slot of SLOTS)
    for (const iri of measure[slot]) {
      if (!byEntity.has(iri)) byEntity.set(iri, new Set());
      byEntity.get(iri).add(measure);
    }

const nameOf = (iri) => data.entities[iri]?.label ?? measureName(data.measures[iri]) ?? iri;

function measureName(measure) {
  if (!measure) return undefined;
  return measure.amount.map((amount) => amount.label).join(" ") || (measure.kind ? term(measure.kind) : term("Measure"));
}

// element("p", {class: "x"}, "text", node, …): strings become text nodes, so markup in them stays inert
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const GLYPHS = { square: "■", diamond: "◆", dot: "●", triangle: "▲", triangleDown: "▼", star: "★", box: "▬" };

function glyph(kind) {
  const mark = element("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[looks[kind].shape]);
  mark.style.color = looks[kind].colour;
  return mark;
}

// Real links, so that names break across lines and addresses can be copied; a plain click keeps the rest of the state.
function link(iri, text, classes = "link") {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPanel(iri);
  };
  return element("a", { href: `#${new URLSearchParams({ node: iri })}`, class: classes, onclick: open }, text);
}

const reference = (iri, current) => (iri === current ? element("strong", {}, nameOf(iri)) : link(iri, nameOf(iri)));

const listed = (iris, current) =>
  iris.flatMap((iri, i) => (i ? [word("list"), reference(iri, current)] : [reference(iri, current)]));

// 杭州市总工会 向 工会会员 提供 学历提升专项补助 1400万元（计划中）
function sentence(measure, current) {
  const parts = [];
  const phrase = (slot, key) => (measure[slot].length ? [" " + word(key) + " ", ...listed(measure[slot], current)] : []);
  parts.push(...(measure.agent.length ? listed(measure.agent, current) : [word("noAgent")]));
  parts.push(...phrase("partner", "with"), ...phrase("place", "in"));
  if (language === "zh") parts.push(...phrase("programme", "under"), ...phrase("beneficiary", "to"));
  if (measure.provides.length) parts.push(...phrase("provides", "gives"));
  else if (!measure.amount.length) parts.push(" " + word("acts"));
  for (const [i, amount] of measure.amount.entries())
    parts.push(i ? word("list") : " ", element("span", { class: "amount" }, amount.label));
  if (language !== "zh") parts.push(...phrase("beneficiary", "to"), ...phrase("programme", "under"));
  const said = saidOf(measure);
  if (said) parts.push(word("open1") + said + word("close1"));
  return element("p", { class: "sentence" }, parts);
}

// 计划中、有条件: how far a measure has come, and how it is said where it is not plainly told
const saidOf = (measure) => [measure.status, measure.modality].filter(Boolean).map(term).join(word("list"));

// A quote in which every needle stands in <mark>.
function marked(quote, needles) {
  const hits = needles
    .filter(Boolean)
    .flatMap((needle) => {
      const found = [];
      for (let at = quote.indexOf(needle); at >= 0; at = quote.indexOf(needle, at + needle.length)) found.push([at, at + needle.length]);
      return found;
    })
    .sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  const parts = [];
  let done = 0;
  for (const [start, end] of hits) {
    if (start < done) continue;
    parts.push(quote.slice(done, start), element("mark", {}, quote.slice(start, end)));
    done = end;
  }
  parts.push(quote.slice(done));
  return element("blockquote", {}, parts);
}

// The whole text stands beside the page, if the folder was kept together; the browser goes to the quote and marks it.
function inText(passage, label) {
  const [, text] = /article\/([0-9a-f]{16})-\d+$/u.exec(passage.article || "") || [];
  const at = encodeURIComponent(passage.quote.slice(0, 30)).replaceAll("-", "%2D");
  return text ? element("a", { href: `texts/${text}.txt#:~:text=${at}`, target: "_blank" }, label) : label;
}

function quoted(iris, needles, more = 0) {
  const shown = iris.map((iri) => data.passages[iri]).filter(Boolean);
  const figures = shown.map((passage) => {
    const article = articles.get(passage.article);
    const origin = [article?.title, article?.by?.join(" "), article?.date, article?.file].filter(Boolean).join(DOT);
    return element("figure", {}, marked(passage.quote, needles),
      element("figcaption", {}, inText(passage, origin), passage.rule && element("span", { class: "rule" }, `${DOT}${word("rule")} ${passage.rule}`)));
  });
  if (more > 0) figures.push(element("p", { class: "quiet" }, word("morePassages", { n: more })));
  return figures;
}

function amountText(amount) {
  const unit = amount.unit ?? "";
  const per = amount.per ? `, ${word("perEach")}${amount.per}` : "";
  const value = amount.value !== undefined
    ? `${word(amount.bound ?? "exact")} ${number(amount.value)} ${unit}`
    : `${amount.minValue ? number(amount.minValue) : ""} ${DASH} ${amount.maxValue ? number(amount.maxValue) : ""} ${unit}`;
  return ` = ${value.trim()}${per}`;
}

const section = (key, children) => (children.length ? [element("h3", {}, word(key)), ...children] : []);

// rows of name and values; a row without values is left out
function properties(rows) {
  const list = element("dl");
  for (const [name, values] of rows)
    if (values.length) list.append(element("dt", {}, name), ...values.map((value) => element("dd", {}, value)));
  return list.childElementCount ? [list] : [];
}

function tellMeasure(measure) {
  const rows = SLOTS.map((slot) => [term(slot), measure[slot].map((iri) => reference(iri))]);
  rows.push([term("amount"), measure.amount.map((amount) => [
    element("span", { class: "amount" }, amount.label), amountText(amount),
    ...amount.of.filter((iri) => data.entities[iri]).flatMap((iri) => [` ${term("of")} `, reference(iri)]),
  ]).map((parts) => element("span", {}, parts))]);
  for (const key of ["status", "kind"]) rows.push([term(key), measure[key] ? [term(measure[key])] : []]);
  for (const key of ["period", "start", "end"]) rows.push([term(key), measure[key] ? [measure[key]] : []]);
  return [sentence(measure), ...properties(rows),
    ...section("quotes", quoted(measure.passages, measure.amount.map((amount) => amount.label)))];
}

function tellLink(relation, iri) {
  const forward = relation.s === iri;
  const other = forward ? relation.o : relation.s;
  const verb = relation.p === "role" ? relation.text : term(relation.p);
  const quotes = quoted(relation.passages, [nameOf(other), relation.text]);
  const more = quotes.length ? [element("details", {}, element("summary", {}, word("source")), quotes)] : [];
  return element("li", {}, forward ? `${verb} ` : `${word("reverse")}${verb} `, other ? reference(other) : "", more);
}

// What a payer pays in all, and under it every sum of its own: the counted ones first, each leading to its quotes.
function tellSums(iri) {
  const pays = data.entities[iri].pays;
  if (!pays) return [];
  const own = [...(byEntity.get(iri) ?? [])].filter((measure) => measure.agent.includes(iri));
  const sums = own.flatMap((measure) => measure.amount.filter((amount) => amount.type === "Money").map((amount) => ({ measure, amount })));
  const counts = ({ amount }) => amount.countsFor.includes(iri);
  sums.sort((one, other) => counts(other) - counts(one) || Number(other.amount.asStated ?? 0) - Number(one.amount.asStated ?? 0));
  const items = sums.map((sum) => {
    const why = counts(sum) ? word("counted") : `${word("notCounted")}: ${term(sum.amount.leftOut ?? "PartOfAnother")}`;
    const times = sum.amount.times ? ` × ${number(sum.amount.times)}` : "";
    return element("li", { class: counts(sum) ? "counted" : "quiet" }, link(sum.measure.id, sum.amount.label), `${times} `,
      element("small", {}, why), quoted(sum.measure.passages, [sum.amount.label]));
  });
  const least = pays.atLeast === pays.stated ? "" : word("paysAtLeast", { least: number(pays.atLeast) });
  return [element("details", { class: "pays" },
    element("summary", {}, `${word("pays")} `, element("strong", { class: "amount" }, least + word("paysText", { stated: number(pays.stated), n: pays.sums }))),
    element("ul", { class: "measures" }, items))];
}

function tellEntity(iri) {
  const entity = data.entities[iri];
  const others = entity.alt.filter((name) => name !== entity.label);
  const rows = [[term("skos:altLabel"), others], ...Object.entries(entity.more).map(([name, values]) => [term(name), values])];
  rows.push([word("articles"), entity.articles.map((id) => articles.get(id)?.title ?? id)]);
  const told = [...(byEntity.get(iri) ?? [])].map((measure) => {
    const item = sentence(measure, iri);
    item.append(" ", link(measure.id, word("open"), "link more"));
    return element("li", {}, item, quoted(measure.passages, measure.amount.map((amount) => amount.label)));
  });
  const related = data.links.filter((one) => one.s === iri || one.o === iri).map((one) => tellLink(one, iri));
  const spare = entity.passagesInAll - entity.passages.length;
  return [...tellSums(iri), ...properties(rows),
    ...section("links", related.length ? [element("ul", {}, related)] : []),
    ...section("measures", told.length ? [element("ul", { class: "measures" }, told)] : []),
    ...(told.length ? [] : section("quotes", quoted(entity.passages, [entity.label, ...entity.alt], spare)))];
}

const panel = document.getElementById("panel");
let opened = null;

function openPanel(iri) {
  const entity = data.entities[iri];
  const measure = data.measures[iri];
  if (!entity && !measure) return;
  opened = iri;
  const kind = entity ? entity.kind : "Measure";
  document.getElementById("panel-title").replaceChildren(glyph(kind), " ", entity ? entity.label : measureName(measure), " ",
    element("small", {}, term(entity ? entity.type : "Measure")));
  document.getElementById("panel-body").replaceChildren(...(entity ? tellEntity(iri) : tellMeasure(measure)));
  panel.hidden = false;
  panel.scrollTop = 0;
  focusNode(iri);
  remember();
}

function closePanel() {
  opened = null;
  panel.hidden = true;
  network?.unselectAll();
  remember();
}
