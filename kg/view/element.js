// Building the document: only text ever comes out of the data, nothing of it is read as markup.

const SVG = "http://www.w3.org/2000/svg";
const GLYPHS = { square: "■", diamond: "◆", dot: "●", triangle: "▲", triangleDown: "▼", star: "★", box: "▬" };

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false)
      made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// element("p", {class: "x", onclick: f}, "text", node, …): strings become text nodes, so markup in them stays inert
export const element = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

// The mark of a class, as it is drawn: {shape, colour}.
export function glyph(look) {
  const mark = element("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[look?.shape] ?? "●");
  mark.style.color = look?.colour ?? "#888888";
  return mark;
}

// Text in which every needle stands in <mark>, where it is found first; longer needles before shorter ones.
export function marks(text, needles) {
  const words = [...new Set(needles)].filter((word) => word && text.includes(word)).sort((a, b) => b.length - a.length);
  if (!words.length) return [text];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|")})`, "u");
  return text.split(pattern).map((part) => (words.includes(part) ? element("mark", {}, part) : part));
}

// 92500000 as readers of either language say it: 9250万 or 92.5M.
export function rounded(number, language) {
  const steps =
    language === "zh"
      ? [
          [1e12, "万亿"],
          [1e8, "亿"],
          [1e4, "万"],
        ]
      : [
          [1e9, "bn"],
          [1e6, "M"],
          [1e3, "k"],
        ];
  const [size, name] = steps.find(([least]) => Math.abs(number) >= least) ?? [1, ""];
  return `${Number((number / size).toPrecision(4)).toString()}${name}`;
}
export const grouped = (text) => String(text).replace(/^(-?\d+)/u, (whole) => whole.replace(/\B(?=(\d{3})+$)/gu, ","));
