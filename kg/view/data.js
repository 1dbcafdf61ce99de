// What the page holds, unpacked, with what leads from one thing to another; and words in the reader's language.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

async function unpack(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const data = await unpack("data");
const looks = read("looks");
const WORDS = read("words");
const SLOTS = ["agent", "partner", "beneficiary", "provides", "programme", "place"];
const KINDS = ["Organisation", "Programme", "Measure", "Group", "Item", "Place", "Person"];
const DOT = " · ";

let language = "en";
const word = (key, values = {}) =>
  (WORDS[language][key] ?? key).replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
const term = (name) => data.terms[name]?.[language] ?? name;
const yuan = (number) => word("yuan", { n: rounded(number, language) });

const push = (map, key, value) => (map.get(key) ?? map.set(key, new Set()).get(key)).add(value);
const articles = new Map(data.articles.map((article) => [article.id, article]));
const measureList = Object.values(data.measures);
const byEntity = new Map(); // the measures that an entity takes part in
const byArticle = new Map(); // the measures that an article tells
for (const measure of measureList) {
  for (const slot of SLOTS) {
    measure[slot] ??= [];
    for (const iri of measure[slot]) push(byEntity, iri, measure);
  }
  for (const article of measure.articles) push(byArticle, article, measure);
  for (const amount of measure.amount)
    for (const iri of amount.of ?? []) if (data.entities[iri]) push(byEntity, iri, measure);
}
const linksOf = new Map();
for (const link of data.links) for (const end of new Set([link.s, link.o])) if (end) push(linksOf, end, link);

function passage(number) {
  const [article, start, end, rule, quote] = data.passages[number];
  return { number, article: data.articles[article]?.id, start, end, rule: data.rules[rule], quote };
}

const nameOf = (iri) => data.entities[iri]?.label ?? (data.measures[iri] ? measureName(data.measures[iri]) : iri);

function amountName(amount) {
  const things = amount.type === "Count" ? (amount.of ?? []) : [];
  return countedName(amount.label, things.map((iri) => data.entities[iri]?.label).find(Boolean));
}

function measureName(measure) {
  return (
    measure.amount.map(amountName).join(word("list")) ||
    measure.provides.map(nameOf).join(word("list")) ||
    term(measure.kind ?? "Measure")
  );
}

// The largest sum of money in a measure; -1 where there is none.
const worth = (measure) =>
  Math.max(
    -1,
    ...measure.amount
      .filter(({ type }) => type === "Money")
      .map((a) => Number(a.asStated ?? a.value ?? a.maxValue ?? a.minValue ?? 0)),
  );

// What is paid out in these measures, each sum once: {least, stated, sums}; of one payer, if one is given.
function paid(measures, payer) {
  const total = { least: 0, stated: 0, sums: 0 };
  for (const measure of measures)
    for (const amount of measure.amount)
      if (payer ? amount.countsFor?.includes(payer) : amount.countsFor?.length) {
        total.least += Number(amount.atLeast);
        total.stated += Number(amount.asStated);
        total.sums += 1;
      }
  return total;
}
