// The labels of a picture: which have room, where they stand, and how they are drawn.

export const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
export const LETTERS = 13; // px, of a label
const SMALL = 12; // px, of a caption on an edge
const LINE = 9; // Han characters in a line of a label

// How many Han characters wide a text is.
export const wide = (text) => [...text].reduce((sum, char) => sum + (char.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);

// A label in lines of about equal length, cut off after the second.
export function wrapped(text, line = LINE) {
  const lines = Math.max(1, Math.ceil(wide(text) / line));
  const limit = lines <= 2 ? Math.ceil(wide(text) / lines) : line;
  const out = [""];
  for (const char of text) {
    // what closes or separates does not stand at the head of a line
    if (wide(out.at(-1)) + wide(char) / 2 > limit && !"，。、；：）》”’」』,.)".includes(char)) out.push("");
    out[out.length - 1] += char;
  }
  return out.length <= 2 ? out : [out[0], `${[...out[1]].slice(0, -1).join("")}…`];
}

// A name and what stands behind it; where there is no room for both the name is cut.
function cut(name, tail, room, measure) {
  const chars = [...name];
  const text = () => `${chars.join("")}${chars.length < [...name].length ? "…" : ""} ${tail}`.trim();
  while (chars.length > 2 && measure(text(), LETTERS) > room) chars.pop();
  return text();
}

// Which labels have room, the weightiest first: [{text, x, y, box, align, …}] in pixels of the screen.
export function labels(picture, measure) {
  // no label lies over another's, nor over the shape of what weighs more
  const taken = [...picture.model.nodes.values()]
    .filter(({ id }) => !picture.faded(id))
    .map((node) => {
      const [{ x, y }, r] = [picture.spot(node.id), 0.75 * picture.radius(node)];
      return { id: node.id, weight: node.weight ?? 0, box: [x - r, y - r, x + r, y + r] };
    });
  const placed = [];
  const free = ([l, t, r, b], own, weight) =>
    taken.every(
      (one) =>
        one.id === own ||
        one.weight < weight ||
        l >= one.box[2] ||
        r <= one.box[0] ||
        t >= one.box[3] ||
        b <= one.box[1],
    );
  const first = (id) => (id === picture.selected ? 2e9 : picture.neighbours?.has(id) ? 1e9 : 0);
  const nodes = [...picture.model.nodes.values()]
    .filter(({ id }) => !picture.faded(id))
    .sort((a, b) => first(b.id) + (b.weight ?? 0) - first(a.id) - (a.weight ?? 0) || (a.id < b.id ? -1 : 1));
  const take = (label, weight) => {
    const [l, t, r, b] = label.box;
    if (
      r < 0 ||
      b < 0 ||
      l > picture.place.clientWidth ||
      t > picture.place.clientHeight ||
      !(label.node === picture.selected || free(label.box, label.node, weight))
    )
      return false;
    taken.push({ id: null, weight: Infinity, box: label.box });
    return placed.push(label);
  };
  for (const node of nodes)
    (node.side ? [node.side] : node.kind === "Measure" ? ["over"] : ["below", "above", "right", "left"]).some((side) =>
      take(labelled(picture, node, side, measure), node.weight ?? 0),
    );
  const captions = picture.model.edges.filter(
    ({ id, from, to, label }) =>
      label &&
      (picture.neighbours === null || id === picture.selected || from === picture.selected || to === picture.selected),
  );
  for (const edge of captions.sort((a, b) => (b.width ?? 0) - (a.width ?? 0))) {
    const [a, b] = [picture.spot(edge.from), picture.spot(edge.to)];
    const [x, y, w] = [(a.x + b.x) / 2, (a.y + b.y) / 2, measure(edge.label, SMALL) + 6];
    if (picture.model.left || Math.hypot(a.x - b.x, a.y - b.y) > w + 30)
      take(
        {
          edge: edge.id,
          lines: [edge.label],
          x,
          y,
          size: SMALL,
          align: "center",
          box: [x - w / 2, y - 8, x + w / 2, y + 8],
        },
        0,
      );
  }
  return placed;
}

// A node's label on one side of it.
function labelled(picture, node, side, measure) {
  const { x, y } = picture.spot(node.id);
  const r = picture.radius(node);
  const room = picture.margin() - r - 10;
  const lines = Array.isArray(node.label)
    ? node.label
    : node.side
      ? [cut(node.label, node.tail, room, measure)]
      : wrapped(node.label);
  const width = Math.max(...lines.map((line) => measure(line, LETTERS)));
  const high = lines.length * LETTERS * 1.2;
  const common = { node: node.id, lines, size: LETTERS };
  if (side === "left")
    return { ...common, x: x - r - 6, y, align: "right", box: [x - r - 6 - width, y - high / 2, x + r, y + high / 2] };
  if (side === "right")
    return { ...common, x: x + r + 6, y, align: "left", box: [x - r, y - high / 2, x + r + 6 + width, y + high / 2] };
  if (side === "over")
    return {
      ...common,
      x,
      y,
      align: "center",
      pill: node.tint ?? picture.looks.Measure.colour,
      dashed: node.dashed,
      box: [x - width / 2 - 6, y - high / 2 - 3, x + width / 2 + 6, y + high / 2 + 3],
    };
  const middle = side === "below" ? y + r + 3 + high / 2 : y - r - 3 - high / 2;
  return {
    ...common,
    x,
    y: middle,
    align: "center",
    box: [x - width / 2, middle - high / 2 - 1, x + width / 2, middle + high / 2 + 1],
  };
}

// One label on the canvas.
export function letter(ctx, picture, { lines, x, y, size, align, pill, dashed, box: [l, t, r, b], node }) {
  ctx.font = `${picture.selected && node === picture.selected ? "bold " : ""}${size}px ${FONT}`;
  ctx.textAlign = align;
  if (pill) {
    ctx.beginPath();
    ctx.roundRect(l, t, r - l, b - t, 4);
    ctx.fillStyle = pill;
    ctx.fill();
    ctx.lineWidth = picture.selected === node ? 3 : 1;
    ctx.strokeStyle = dashed ? "#333333" : picture.selected === node ? picture.ink : picture.rim;
    ctx.setLineDash(dashed ? [4, 3] : []);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  lines.forEach((line, i) => {
    const at = y + (i - (lines.length - 1) / 2) * size * 1.2;
    ctx.lineWidth = 4;
    ctx.strokeStyle = picture.paper;
    if (!pill) ctx.strokeText(line, x, at);
    ctx.fillStyle = pill ? "#000000" : picture.ink;
    ctx.fillText(line, x, at);
  });
}
