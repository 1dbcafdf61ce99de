// The panel: what is known of an entity, its measures as sentences, and for every fact the words that say it.

import { called, counted, element, HM, narrowest, say } from "./ask.js";
import { glyph, grouped, marks } from "./element.js";
import { glyphOf, named, yuan } from "./graphs.js";
import { SLOTS } from "./neighbourhood.js";

export function panel(place, about, { choose, more }) {
  const link = ({ iri, label }) =>
    element("button", { type: "button", class: "link", onclick: () => choose(iri) }, label);
  const list = element("ul", { class: "measures" }, ...about.measures.map((measure) => told(measure, link)));
  const parts = [
    element(
      "h2",
      {},
      glyph(glyphOf(about.classes)),
      " ",
      element("span", { lang: "zh" }, about.label),
      " ",
      element(
        "small",
        {},
        [called(narrowest(about.classes)), about.articles ? counted(about.articles) : ""].filter(Boolean).join(" · "),
      ),
    ),
    about.names.length ? element("p", { class: "quiet" }, `${say("also")} ${about.names.join("、")}`) : null,
    about.codes.length ? element("p", { class: "quiet" }, `${say("code")} ${about.codes.join("、")}`) : null,
  ];
  if (about.total) parts.push(paid(about));
  if (about.measures.length)
    parts.push(element("h3", {}, say("measures", { n: about.count ?? about.measures.length })), list);
  if (about.next) parts.push(further(list, about.next, more, link));
  if (about.links.length)
    parts.push(
      element("h3", {}, say("links")),
      element("ul", {}, ...about.links.map((one) => related(one, about, link))),
    );
  if (about.posts.length)
    parts.push(element("h3", {}, say("posts")), element("ul", {}, ...about.posts.map((post) => held(post, link))));
  place.replaceChildren(...parts.filter(Boolean));
  place.hidden = false;
  place.scrollTop = 0;
}

// What there is in all: totals, who pays most, and for whom most is paid, each a way in.
export function start(place, { pairs, payers, counts, entities }, { choose }) {
  const groups = new Map();
  for (const row of pairs) groups.set(row.for, (groups.get(row.for) ?? 0) + Number(row.stated));
  const best = (rows) => {
    const most = Math.max(...rows.map(([, sum]) => sum));
    return element(
      "ol",
      { class: "bars" },
      rows
        .slice(0, 12)
        .map(([iri, sum]) =>
          element(
            "li",
            {},
            element(
              "button",
              { type: "button", "data-sum": sum, onclick: () => choose(iri) },
              element("span", { class: "name", lang: "zh" }, entities.get(iri)?.label ?? iri),
              element("span", { class: "bar", style: `width:${Math.max(1, (100 * sum) / most)}%` }),
              element("span", { class: "sum" }, yuan(sum)),
            ),
          ),
        ),
    );
  };
  const parts = [
    element("h2", {}, say("overview")),
    element(
      "p",
      {},
      say("inAll", {
        measures: grouped(counts.measures),
        articles: grouped(counts.articles),
        sums: grouped(counts.sums),
        stated: yuan(counts.stated ?? 0),
      }),
    ),
  ];
  if (payers.length)
    parts.push(element("h3", {}, say("payers")), best(payers.map((row) => [row.payer, Number(row.stated)])));
  if (groups.size) parts.push(element("h3", {}, say("groups")), best([...groups].sort((a, b) => b[1] - a[1])));
  place.replaceChildren(...parts);
  place.hidden = false;
}

// A measure that stands in the panel comes into view.
export function within(place, measure) {
  const item = [...place.querySelectorAll("[data-measure]")].find((one) => one.dataset.measure === measure);
  for (const one of place.querySelectorAll("[data-measure].here")) one.classList.remove("here");
  item?.classList.add("here");
  item?.scrollIntoView({ block: "center" });
}

// What a payer pays in all, and under it every sum of the payer with its quote, and whether it counts.
function paid({ total, sums }) {
  const said = { least: grouped(total.least), stated: grouped(total.stated), n: total.n };
  const items = sums.map((row) => {
    const why = row.counts ? say("counted") : say("notCounted", { why: called(row.leftOut || `${HM}PartOfAnother`) });
    const times = row.times ? ` × ${grouped(row.times)}` : "";
    return element(
      "li",
      {},
      element("strong", {}, row.label),
      `${times} `,
      element("small", {}, why),
      quoted(row, [row.label]),
    );
  });
  const summary = element("summary", {}, say(total.least === total.stated ? "pays" : "paysAtLeast", said));
  return element("details", { class: "pays" }, summary, element("ul", { class: "measures" }, ...items));
}

function further(list, from, more, link) {
  const button = element("button", { type: "button", class: "more" }, say("more"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const next = await more(from);
    if (!next) {
      button.disabled = false;
      return;
    } // the notice says why
    list.append(...next.measures.map((measure) => told(measure, link)));
    if (next.next) button.replaceWith(further(list, next.next, more, link));
    else button.remove();
  });
  return button;
}

function told(measure, link) {
  const facts = element("dl");
  for (const slot of SLOTS) {
    const fillers = measure.fillers.filter((filler) => filler.slot === slot);
    if (fillers.length) facts.append(element("dt", {}, called(slot)), element("dd", {}, ...listed(fillers.map(link))));
  }
  for (const amount of measure.amounts) {
    const things = listed([...amount.of.values()].map(link));
    const what = things.length ? [element("small", {}, ` ${say("for")} `), ...things] : [];
    facts.append(
      element("dt", {}, called(amount.class)),
      element("dd", {}, element("strong", {}, named(amount)), ...what),
    );
  }
  const about = [measure.status, measure.modality, measure.kind]
    .filter(Boolean)
    .map(called)
    .concat(measure.when)
    .join(" · ");
  if (about) facts.append(element("dt", {}, ""), element("dd", { class: "quiet" }, about));
  const marked = measure.amounts.map((amount) => amount.label);
  return element(
    "li",
    { "data-measure": measure.iri },
    element("p", { class: "sentence" }, measure.label),
    facts,
    ...measure.quotes.map((quote) => quoted(quote, marked)),
  );
}

function related(one, about, link) {
  const arrow = one.from === about.iri ? `${called(one.property)} ` : `← ${called(one.property)} `;
  return element(
    "li",
    {},
    element("span", { class: "quiet" }, arrow),
    link(one.other),
    ...one.quotes.map((quote) => quoted(quote, [])),
  );
}

function held(post, link) {
  const body = post.body ? [link({ iri: post.body, label: post.bodyName }), " "] : [];
  return element(
    "li",
    {},
    ...body,
    `${post.role} `,
    link({ iri: post.person, label: post.name }),
    ...post.quotes.map((quote) => quoted(quote, [])),
  );
}

const listed = (items) => items.flatMap((item, i) => (i ? ["、", item] : [item]));

// The passage with its place; the amounts in it are marked.
function quoted({ quote, start, end, article, source, title }, marked) {
  const place = element("cite", {}, inText(article, start, end, `${title} · ${source} ${start}–${end}`));
  return element("blockquote", {}, ...marks(quote, marked), place);
}

// A link to the passage in the whole text that it stands in.
function inText(article, start, end, label) {
  const [, text] = /article\/([0-9a-f]{16})-\d+$/u.exec(article || "") || [];
  return text ? element("a", { href: `/texts/${text}?char=${start},${end}#here`, target: "_blank" }, label) : label;
}
