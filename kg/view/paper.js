// A picture as an SVG of its own, in light colours, for documents and print.

import { svg } from "./element.js";
import { FONT } from "./labels.js";
import { corners } from "./outline.js";

// What is shown, as an SVG of its own in light colours: the same shapes, lines and labels.
export function asSvg(picture, title, source) {
  const [width, height] = [picture.place.clientWidth, picture.place.clientHeight];
  const body = [];
  for (const edge of picture.model.edges) {
    const [a, b] = [picture.spot(edge.from), picture.spot(edge.to)];
    const middle = (a.x + b.x) / 2;
    const d = picture.model.left
      ? `M${a.x},${a.y} C${middle},${a.y} ${middle},${b.y} ${b.x},${b.y}`
      : `M${a.x},${a.y} L${b.x},${b.y}`;
    body.push(
      svg("path", {
        d,
        fill: "none",
        stroke: edge.colour,
        "stroke-width": (edge.width ?? 2) * (picture.model.left ? 1 : 0.7),
        "stroke-opacity": 0.6,
        "stroke-dasharray": edge.dashed ? "5 4" : undefined,
      }),
    );
  }
  for (const node of picture.model.nodes.values()) {
    const [{ x, y }, r, look] = [
      picture.spot(node.id),
      picture.radius(node),
      picture.looks[node.kind] ?? { shape: "dot", colour: "#888888" },
    ];
    const points = corners(look.shape, x, y, r);
    const paint = { fill: node.tint ?? look.colour, stroke: "#333333" };
    body.push(
      points
        ? svg("polygon", { points: points.map((point) => point.join()).join(" "), ...paint })
        : svg("circle", { cx: x, cy: y, r, ...paint }),
    );
  }
  for (const {
    lines,
    x,
    y,
    size,
    align,
    pill,
    box: [l, t, r, b],
  } of picture.drawn) {
    if (pill) body.push(svg("rect", { x: l, y: t, width: r - l, height: b - t, rx: 4, fill: pill, stroke: "#333333" }));
    const anchor = { left: "start", right: "end", center: "middle" }[align];
    const halo = pill
      ? {}
      : { stroke: "#ffffff", "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" };
    lines.forEach((line, i) =>
      body.push(
        svg(
          "text",
          {
            x,
            y: y + (i - (lines.length - 1) / 2) * size * 1.2 + size * 0.36,
            "font-size": size,
            "text-anchor": anchor,
            fill: "#1a1a1a",
            ...halo,
          },
          line,
        ),
      ),
    );
  }
  const words = [
    svg("text", { x: 14, y: 24, "font-size": 17, "font-weight": 700, fill: "#1a1a1a" }, title),
    svg("text", { x: 14, y: height + 62, "font-size": 12, fill: "#5c6370" }, source),
  ];
  const frame = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height: height + 76,
    viewBox: `0 0 ${width} ${height + 76}`,
    "font-family": FONT.replaceAll('"', "'"),
  };
  return new XMLSerializer().serializeToString(
    svg(
      "svg",
      frame,
      svg("rect", { width: "100%", height: "100%", fill: "#ffffff" }),
      words,
      svg("g", { transform: "translate(0 36)" }, body),
    ),
  );
}
