// To take away: the picture, the table, the facts as Turtle, and the address that brings this view back.

const PREFIXES = {
  hm: "https://w3id.org/huimin/ontology#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  dcterms: "http://purl.org/dc/terms/",
  org: "http://www.w3.org/ns/org#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const NUMBERS = ["value", "minValue", "maxValue", "times", "atLeast", "asStated"];
const DIRECT = { subOrganizationOf: "org:subOrganizationOf", broader: "skos:broader" };

function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: url, download: `huimin.${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// RFC 4180 with a byte order mark, so that spreadsheets show Chinese; no cell is taken for a formula.
function csv(measures) {
  const cell = (text) =>
    `"${String(text)
      .replace(/^[=+\-@\t\r]/u, "'$&")
      .replaceAll('"', '""')}"`;
  const names = (iris) => iris.map(nameOf).join("、");
  const rows = measures.map((measure) => [
    names(measure.agent),
    names([...measure.provides, ...measure.programme]),
    names(measure.beneficiary),
    measure.amount.map(({ label }) => label).join("、"),
    measure.amount
      .map((amount) => amount.asStated ?? "")
      .filter(Boolean)
      .join("、"),
    saidOf(measure),
    measure.kind ? term(measure.kind) : "",
    measure.at.map((at) => passage(at).quote).join(" "),
    articles.get(measure.articles[0])?.title ?? "",
    articles.get(measure.articles[0])?.file ?? "",
  ]);
  const head = [
    ...["who", "what", "whom", "much"].map((key) => word(key)),
    word("counts"),
    word("when"),
    term("kind"),
    word("source"),
    word("articles"),
    word("file"),
  ];
  return `\ufeff${[head, ...rows].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

const quoteText = (text) =>
  `"${text.replace(/[\\"\n\r\t]/gu, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c])}"`;
const zh = (text) => `${quoteText(text)}@zh`;
const day = (text) => `${quoteText(text)}^^xsd:${{ 4: "gYear", 7: "gYearMonth", 10: "date" }[text.length]}`;
const iris = (list) => list.map((iri) => `<${iri}>`);
const subject = (iri, types, facts) => {
  const lines = [["a", types.map((name) => `hm:${name}`)], ...facts].filter(([, objects]) => objects.length);
  return `<${iri}> ${lines.map(([name, objects]) => `${name} ${objects.join(" , ")}`).join(" ;\n\t")} .\n`;
};

// The measures with their amounts, passages, articles and those who take part: each a triple of the graph.
function turtle(measures) {
  const out = [];
  const [things, places, stories] = [new Set(), new Set(), new Set()];
  const evidence = (numbers) =>
    numbers.map((number) => {
      places.add(number);
      const { article, start, end } = passage(number);
      stories.add(article);
      return `<${article}#char=${start},${end}>`;
    });
  for (const measure of measures) {
    for (const slot of SLOTS) for (const iri of measure[slot]) things.add(iri);
    out.push(
      subject(
        measure.id,
        ["Measure"],
        [
          ["rdfs:label", [zh(measure.label)]],
          ...SLOTS.map((slot) => [`hm:${slot}`, iris(measure[slot])]),
          ["hm:amount", iris(measure.amount.map(({ id }) => id))],
          ...["status", "modality", "kind"].map((key) => [`hm:${key}`, measure[key] ? [`hm:${measure[key]}`] : []]),
          ["hm:period", measure.period ? [quoteText(measure.period)] : []],
          ...["start", "end"].map((key) => [`hm:${key}`, measure[key] ? [day(measure[key])] : []]),
          ["hm:statedIn", iris(measure.articles)],
          ["hm:evidence", evidence(measure.at)],
        ],
      ),
    );
    for (const amount of measure.amount) {
      const of = (amount.of ?? []).filter((iri) => data.entities[iri]);
      for (const iri of of) things.add(iri);
      out.push(
        subject(
          amount.id,
          ["Amount", amount.type].filter((name, i) => !i || name !== "Amount"),
          [
            ["rdfs:label", [zh(amount.label)]],
            ...NUMBERS.map((key) => [`hm:${key}`, amount[key] === undefined ? [] : [`"${amount[key]}"^^xsd:decimal`]]),
            ...["unit", "bound", "per"].map((key) => [
              `hm:${key}`,
              amount[key] === undefined ? [] : [quoteText(amount[key])],
            ]),
            ["hm:of", iris(of)],
            ["hm:countsFor", iris(amount.countsFor ?? [])],
            ...["flow", "leftOut"].map((key) => [`hm:${key}`, amount[key] ? [`hm:${amount[key]}`] : []]),
            ["hm:evidence", evidence(amount.at)],
          ],
        ),
      );
    }
    for (const article of measure.articles) stories.add(article);
  }
  for (const iri of [...things].sort()) {
    const entity = data.entities[iri];
    const direct = data.links
      .filter(({ s, p, o }) => s === iri && p !== "role" && things.has(o))
      .map(({ p, o }) => [DIRECT[p] ?? `hm:${p}`, [`<${o}>`]]);
    out.push(
      subject(iri, data.above[entity.type], [
        ["rdfs:label", [zh(entity.label)]],
        ["skos:altLabel", entity.alt.map(zh)],
        ["hm:mentionedIn", iris(entity.articles)],
        ...direct,
      ]),
    );
    for (const article of entity.articles) stories.add(article);
  }
  for (const number of places) {
    const { article, start, end, rule, quote } = passage(number);
    out.push(
      subject(
        `${article}#char=${start},${end}`,
        ["Passage"],
        [
          ["hm:start", [start]],
          ["hm:end", [end]],
          ["hm:quote", [quoteText(quote)]],
          ["hm:inArticle", [`<${article}>`]],
          ["hm:rule", rule.split(", ").map(quoteText)],
        ],
      ),
    );
  }
  for (const iri of stories) {
    const { title, by, date, publisher, file } = articles.get(iri);
    out.push(
      subject(
        iri,
        ["Article"],
        [
          ["dcterms:title", [zh(title)]],
          ["dcterms:creator", by.map(quoteText)],
          ["dcterms:date", date ? [day(date)] : []],
          ["dcterms:publisher", publisher ? [zh(publisher)] : []],
          ["hm:sourceFile", [quoteText(file)]],
        ],
      ),
    );
  }
  return `${Object.entries(PREFIXES)
    .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`)
    .join("")}${out.join("")}`;
}

const sourceLine = () =>
  word("sourceLine", {
    n: data.articles.length,
    files: [...new Set(data.articles.map(({ file }) => file))].slice(0, 3).join(word("list")),
    all: new Set(data.articles.map(({ file }) => file)).size,
  });

// The picture as PNG, twice as fine as on the screen.
async function png(text) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = element("canvas", { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const title = () => document.getElementById("summary-line").textContent;
const TAKEN = {
  svg: async () => save("svg", "image/svg+xml", asSvg(picture, title(), sourceLine())),
  png: async () => save("png", "image/png", await png(asSvg(picture, title(), sourceLine()))),
  csv: async () => save("csv", "text/csv;charset=utf-8", csv(sorted(shownNow(), state))),
  ttl: async () => save("ttl", "text/turtle;charset=utf-8", turtle(shownNow())),
  address: async () => navigator.clipboard.writeText(location.href),
};

// The measures that the table lists, or of the graph those that it draws around something.
function shownNow() {
  const shown = filtered(state);
  if (state.view !== "graph" || !(state.pair || state.around)) return shown;
  return state.pair
    ? between(shown, ...state.pair.split(" "))
    : shown.filter((measure) => byEntity.get(state.around)?.has(measure));
}
