// Solutions as a bar chart: a column of names and a column of numbers, the thirty largest.

import { column, element, say } from "./ask.js";
import { isNumber } from "./table.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST = 30;
const [LEFT, WIDE, HIGH] = [240, 900, 24];

export function choices({ head: { vars }, results: { bindings } }) {
  const numbers = vars.filter((name) => bindings.some((row) => isNumber(row[name])));
  const labels = vars.filter((name) => !numbers.includes(name) && bindings.some((row) => row[name]));
  return { labels, numbers };
}

export function bars(told, { labels, numbers }) {
  if (!numbers.length) return [element("p", { class: "quiet" }, say("nobars"))];
  const pick = (name, options) =>
    element(
      "select",
      { "aria-label": say(name) },
      ...options.map((option) => element("option", { value: option }, column(option))),
    );
  const [label, number] = [pick("label", labels), pick("number", numbers)];
  const chart = element("div");
  const fill = () => chart.replaceChildren(drawn(told.results.bindings, label.value, number.value));
  label.addEventListener("change", fill);
  number.addEventListener("change", fill);
  fill();
  return [element("p", {}, `${say("label")} `, label, ` ${say("number")} `, number), chart];
}

function svg(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function drawn(bindings, label, number) {
  const rows = bindings
    .filter((row) => isNumber(row[number]))
    .map((row) => ({ name: row[label]?.value ?? "", value: Number(row[number].value) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST);
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), Number.MIN_VALUE);
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDE} ${rows.length * HIGH + 8}`,
    role: "img",
    "aria-label": `${column(label)}, ${column(number)}`,
  });
  rows.forEach(({ name, value }, i) => {
    const y = i * HIGH + 4;
    const length = (Math.abs(value) / most) * (WIDE - LEFT - 130);
    const shown = name.length > 17 ? `${name.slice(0, 16)}…` : name;
    const bar = svg("rect", { x: LEFT, y, width: Math.max(length, 1), height: HIGH - 6, rx: 2 });
    bar.append(svg("title", {}, `${name}: ${value.toLocaleString()}`));
    picture.append(
      svg("text", { x: LEFT - 8, y: y + 14, "text-anchor": "end" }, shown),
      bar,
      svg("text", { x: LEFT + length + 6, y: y + 14 }, value.toLocaleString(undefined, { maximumFractionDigits: 2 })),
    );
  });
  return picture;
}
