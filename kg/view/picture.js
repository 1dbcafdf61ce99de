// A graph drawn by vis-network: shapes, labels and captions have one size on the screen at every zoom, and what finds no
// room is left out rather than shrunk. Nothing moves by itself but from one view to the next.

import { svg } from "./element.js";
import { columns, springs } from "./layout.js";
import { corners, trace } from "./outline.js";

const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const LETTERS = 13; // px, of a label
const SMALL = 12; // px, of a caption on an edge
const LINE = 9; // Han characters in a line of a label
const MOVING = 350; // ms
const FADED = 0.18;
const LEGIBLE = 0.5; // a view smaller than this shows too few labels

// How many Han characters wide a text is.
const wide = (text) => [...text].reduce((sum, char) => sum + (char.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);

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

export class Picture {
  // `place` is an element; `options` are vis-network's; `looks` gives shape and colour by kind; `chosen({node, edge})` hears clicks.
  constructor(place, { options, looks, chosen }) {
    Object.assign(this, { place, looks, still: matchMedia("(prefers-reduced-motion: reduce)").matches, selected: null, scale: 1, drawn: [], at: new Map() });
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("click", ({ nodes, edges, pointer }) => {
      const label = this.drawn.find(({ box: [l, t, r, b] }) => pointer.DOM.x >= l && pointer.DOM.x <= r && pointer.DOM.y >= t && pointer.DOM.y <= b);
      chosen(nodes.length ? { node: nodes[0] } : label ?? (edges.length ? { edge: edges[0] } : {}));
    });
    this.network.on("hoverNode", () => (place.style.cursor = "pointer"));
    this.network.on("hoverEdge", () => (place.style.cursor = "pointer"));
    for (const event of ["blurNode", "blurEdge"]) this.network.on(event, () => (place.style.cursor = ""));
    for (const event of ["zoom", "dragStart"]) this.network.on(event, () => (this.touched = true));
    // afterwards, since vis-network then scales the view in a way of its own
    this.network.on("resize", () => requestAnimationFrame(() => this.resized()));
    this.network.on("afterDrawing", (ctx) => this.write(ctx));
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.paint());
  }

  get ink() { return this.dark.matches ? "#f0f0f0" : "#1a1a1a"; }
  get rim() { return this.dark.matches ? "#dddddd" : "#333333"; } // of shapes and badges; dashes lie on pale ones
  get paper() { return this.dark.matches ? "#16181c" : "#ffffff"; }

  // nodes: {id, kind, label, weight, tint?, dashed?, side?, tail?}; edges: {id, from, to, label, colour, width, dashed}.
  // With `left` and `right`, lists of ids, they stand in two columns, otherwise where edges pull them.
  show({ nodes, edges, left, right }) {
    const before = this.at;
    this.model = { nodes: new Map(nodes.map((node) => [node.id, node])), edges, left, right };
    this.at = left ? this.inColumns() : springs(nodes.map((node) => ({ id: node.id, ...this.extent(node) })), edges.map(({ from, to }) => [from, to]));
    this.touched = false;
    this.neighbours = null;
    this.selected = null;
    const seen = new Set(this.nodes.getIds());
    this.changing = true; // vis-network draws in between, when some of the nodes are not there yet
    this.nodes.remove([...seen].filter((id) => !this.model.nodes.has(id)));
    this.edges.clear();
    this.nodes.update(nodes.map((node) => ({ id: node.id, shape: "custom", ctxRenderer: this.renderer(node), ...(this.moves(before, node.id) ? before.get(node.id) : this.at.get(node.id)) })));
    this.edges.add(edges.map((edge) => this.edge(edge)));
    this.changing = false;
    this.glide(before);
  }

  moves(before, id) { return !this.still && before.has(id); }

  glide(before) {
    const moving = [...this.at].filter(([id]) => this.moves(before, id)).map(([id, to]) => [id, before.get(id), to]);
    cancelAnimationFrame(this.gliding);
    this.fit(moving.length > 0);
    if (!moving.length) return;
    const begun = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, now - begun) / MOVING);
      const eased = part * part * (3 - 2 * part);
      this.nodes.update(moving.map(([id, a, b]) => ({ id, x: a.x + (b.x - a.x) * eased, y: a.y + (b.y - a.y) * eased })));
      if (part < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  inColumns() {
    const { left, right, edges } = this.model;
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    const margin = this.margin();
    return columns(left, right, edges.map(({ from, to, width: w }) => [from, to, w]), { width: width - 2 * margin, height: Math.max(200, height - 30) });
  }

  // Beside either column, for its labels.
  margin() { return Math.min(260, this.place.clientWidth * 0.34); }

  extent({ label, kind }) {
    const lines = kind === "Measure" ? label : wrapped(label);
    return { width: Math.max(40, Math.max(...lines.map(wide)) * LETTERS + 18), height: lines.length * LETTERS * 1.2 + (kind === "Measure" ? 16 : 34) };
  }

  radius({ kind, weight }) {
    return kind === "Measure" ? 8 : 7 + Math.min(9, 1.6 * Math.sqrt(weight ?? 1));
  }

  renderer(node) {
    const look = this.looks[node.kind] ?? { shape: "dot", colour: "#888888" };
    return ({ ctx, x, y, state }) => {
      const scale = this.network.getScale();
      const r = this.radius(node) / scale;
      return {
        drawNode: () => {
          ctx.save();
          ctx.globalAlpha = this.faded(node.id) ? FADED : 1;
          trace(ctx, look.shape, x, y, r);
          ctx.fillStyle = node.tint ?? look.colour;
          ctx.fill();
          const mark = state.hover || this.selected === node.id;
          ctx.lineWidth = (mark ? 3 : 1) / scale;
          ctx.strokeStyle = mark ? this.ink : node.dashed ? "#333333" : this.rim;
          if (node.dashed) ctx.setLineDash([3 / scale, 2 / scale]);
          ctx.stroke();
          ctx.restore();
        },
        nodeDimensions: { width: 2 * r, height: 2 * r },
      };
    };
  }

  faded(id) { return this.neighbours !== null && !this.neighbours.has(id); }

  edge({ id, from, to, colour, width = 2, dashed = false }) {
    const off = this.neighbours !== null && ![id, from, to].includes(this.selected);
    const smooth = this.model.left ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } : false;
    // lines, too, have one width on the screen, whatever of the graph fits on it
    return { id, from, to, width: this.model.left ? width : width / Math.min(1, this.scale), dashes: dashed, smooth, arrows: this.model.left ? "" : { to: { enabled: true, scaleFactor: Math.min(2, 0.45 / Math.min(1, this.scale)) } }, hoverWidth: 1, selectionWidth: 0, color: { color: colour, highlight: colour, hover: colour, opacity: off ? 0.07 : this.model.left ? 0.5 : 0.7 } };
  }

  has(id) { return this.model.nodes.has(id) || this.model.edges.some((one) => one.id === id); }

  // What is chosen stands out, with what it is joined to; the rest steps back, unless all is there for its sake (`around`).
  // Null chooses nothing.
  select(id, around = false) {
    const edge = this.model.edges.find((one) => one.id === id);
    this.selected = id;
    const touching = this.model.edges.filter(({ from, to }) => from === id || to === id);
    this.neighbours = id === null || around ? null : new Set([id, ...(edge ? [edge.from, edge.to] : touching.flatMap(({ from, to }) => [from, to]))]);
    this.paint();
    // where all of it is too small to be read, what is chosen comes nearer
    if (!this.touched && !this.model.left) this.fit(true);
  }

  paint() {
    this.edges.update(this.model.edges.map((one) => this.edge(one)));
    this.network.redraw();
  }

  // All of it in view, with room for the labels.
  fit(gently = false) {
    if (!this.at.size) return;
    const all = this.framed(this.at.values(), 1.3);
    const near = this.neighbours && all.scale < LEGIBLE ? this.framed([...this.neighbours].map((id) => this.at.get(id)).filter(Boolean), LEGIBLE) : all;
    this.scale = near.scale;
    this.edges.update(this.model.edges.map((one) => this.edge(one)));
    this.network.moveTo({ ...near, animation: gently && !this.still ? { duration: MOVING, easingFunction: "easeInOutQuad" } : false });
  }

  // The view that has these points in it, at most so large.
  framed(found, most) {
    const points = [...found];
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [mx, my] = this.model.left ? [0, 0] : [96, 34];
    const scale = this.model.left ? 1 : Math.min(most, (width - 2 * mx) / Math.max(1, x1 - x0), (height - 2 * my) / Math.max(1, y1 - y0));
    return { position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale: Math.max(0.02, scale) };
  }

  resized() {
    if (!this.model || this.touched) return;
    if (this.model.left) {
      this.at = this.inColumns();
      this.nodes.update([...this.at].map(([id, at]) => ({ id, ...at })));
    }
    this.fit();
  }

  // Which labels have room, the weightiest first: [{text, x, y, box, align, …}] in pixels of the screen.
  labels(measure) {
    // no label lies over another's, nor over the shape of what weighs more
    const taken = [...this.model.nodes.values()].filter(({ id }) => !this.faded(id)).map((node) => {
      const [{ x, y }, r] = [this.spot(node.id), 0.75 * this.radius(node)];
      return { id: node.id, weight: node.weight ?? 0, box: [x - r, y - r, x + r, y + r] };
    });
    const placed = [];
    const free = ([l, t, r, b], own, weight) => taken.every((one) => one.id === own || one.weight < weight || l >= one.box[2] || r <= one.box[0] || t >= one.box[3] || b <= one.box[1]);
    const first = (id) => (id === this.selected ? 2e9 : this.neighbours?.has(id) ? 1e9 : 0);
    const nodes = [...this.model.nodes.values()].filter(({ id }) => !this.faded(id)).sort((a, b) => first(b.id) + (b.weight ?? 0) - first(a.id) - (a.weight ?? 0) || (a.id < b.id ? -1 : 1));
    const take = (label, weight) => {
      const [l, t, r, b] = label.box;
      if (r < 0 || b < 0 || l > this.place.clientWidth || t > this.place.clientHeight || !(label.node === this.selected || free(label.box, label.node, weight))) return false;
      taken.push({ id: null, weight: Infinity, box: label.box });
      return placed.push(label);
    };
    for (const node of nodes) (node.side ? [node.side] : node.kind === "Measure" ? ["over"] : ["below", "above", "right", "left"]).some((side) => take(this.labelled(node, side, measure), node.weight ?? 0));
    const captions = this.model.edges.filter(({ id, from, to, label }) => label && (this.neighbours === null || id === this.selected || from === this.selected || to === this.selected));
    for (const edge of captions.sort((a, b) => (b.width ?? 0) - (a.width ?? 0))) {
      const [a, b] = [this.spot(edge.from), this.spot(edge.to)];
      const [x, y, w] = [(a.x + b.x) / 2, (a.y + b.y) / 2, measure(edge.label, SMALL) + 6];
      if (this.model.left || Math.hypot(a.x - b.x, a.y - b.y) > w + 30) take({ edge: edge.id, lines: [edge.label], x, y, size: SMALL, align: "center", box: [x - w / 2, y - 8, x + w / 2, y + 8] }, 0);
    }
    return placed;
  }

  spot(id) { return this.network.canvasToDOM(this.network.getPosition(id)); }

  labelled(node, side, measure) {
    const { x, y } = this.spot(node.id);
    const r = this.radius(node);
    const room = this.margin() - r - 10;
    const lines = Array.isArray(node.label) ? node.label : node.side ? [cut(node.label, node.tail, room, measure)] : wrapped(node.label);
    const width = Math.max(...lines.map((line) => measure(line, LETTERS)));
    const high = lines.length * LETTERS * 1.2;
    const common = { node: node.id, lines, size: LETTERS };
    if (side === "left") return { ...common, x: x - r - 6, y, align: "right", box: [x - r - 6 - width, y - high / 2, x + r, y + high / 2] };
    if (side === "right") return { ...common, x: x + r + 6, y, align: "left", box: [x - r, y - high / 2, x + r + 6 + width, y + high / 2] };
    if (side === "over") return { ...common, x, y, align: "center", pill: node.tint ?? this.looks.Measure.colour, dashed: node.dashed, box: [x - width / 2 - 6, y - high / 2 - 3, x + width / 2 + 6, y + high / 2 + 3] };
    const middle = side === "below" ? y + r + 3 + high / 2 : y - r - 3 - high / 2;
    return { ...common, x, y: middle, align: "center", box: [x - width / 2, middle - high / 2 - 1, x + width / 2, middle + high / 2 + 1] };
  }

  write(ctx) {
    if (!this.model || this.changing) return;
    const ratio = ctx.canvas.width / this.place.clientWidth || 1;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const measure = (text, size) => { ctx.font = `${size}px ${FONT}`; return ctx.measureText(text).width; };
    this.drawn = this.labels(measure);
    for (const label of this.drawn) this.letter(ctx, label);
    ctx.restore();
    this.place.dataset.labels = this.drawn.length;
  }

  letter(ctx, { lines, x, y, size, align, pill, dashed, box: [l, t, r, b], node }) {
    ctx.font = `${this.selected && node === this.selected ? "bold " : ""}${size}px ${FONT}`;
    ctx.textAlign = align;
    if (pill) {
      ctx.beginPath();
      ctx.roundRect(l, t, r - l, b - t, 4);
      ctx.fillStyle = pill;
      ctx.fill();
      ctx.lineWidth = this.selected === node ? 3 : 1;
      ctx.strokeStyle = dashed ? "#333333" : this.selected === node ? this.ink : this.rim;
      ctx.setLineDash(dashed ? [4, 3] : []);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    lines.forEach((line, i) => {
      const at = y + (i - (lines.length - 1) / 2) * size * 1.2;
      ctx.lineWidth = 4;
      ctx.strokeStyle = this.paper;
      if (!pill) ctx.strokeText(line, x, at);
      ctx.fillStyle = pill ? "#000000" : this.ink;
      ctx.fillText(line, x, at);
    });
  }

  // What is shown, as an SVG of its own in light colours: the same shapes, lines and labels.
  svg(title, source) {
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    const body = [];
    for (const edge of this.model.edges) {
      const [a, b] = [this.spot(edge.from), this.spot(edge.to)];
      const middle = (a.x + b.x) / 2;
      const d = this.model.left ? `M${a.x},${a.y} C${middle},${a.y} ${middle},${b.y} ${b.x},${b.y}` : `M${a.x},${a.y} L${b.x},${b.y}`;
      body.push(svg("path", { d, fill: "none", stroke: edge.colour, "stroke-width": (edge.width ?? 2) * (this.model.left ? 1 : 0.7), "stroke-opacity": 0.6, "stroke-dasharray": edge.dashed ? "5 4" : undefined }));
    }
    for (const node of this.model.nodes.values()) {
      const [{ x, y }, r, look] = [this.spot(node.id), this.radius(node), this.looks[node.kind] ?? { shape: "dot", colour: "#888888" }];
      const points = corners(look.shape, x, y, r);
      const paint = { fill: node.tint ?? look.colour, stroke: "#333333" };
      body.push(points ? svg("polygon", { points: points.map((point) => point.join()).join(" "), ...paint }) : svg("circle", { cx: x, cy: y, r, ...paint }));
    }
    for (const { lines, x, y, size, align, pill, box: [l, t, r, b] } of this.drawn) {
      if (pill) body.push(svg("rect", { x: l, y: t, width: r - l, height: b - t, rx: 4, fill: pill, stroke: "#333333" }));
      const anchor = { left: "start", right: "end", center: "middle" }[align];
      const halo = pill ? {} : { stroke: "#ffffff", "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" };
      lines.forEach((line, i) => body.push(svg("text", { x, y: y + (i - (lines.length - 1) / 2) * size * 1.2 + size * 0.36, "font-size": size, "text-anchor": anchor, fill: "#1a1a1a", ...halo }, line)));
    }
    const words = [svg("text", { x: 14, y: 24, "font-size": 17, "font-weight": 700, fill: "#1a1a1a" }, title), svg("text", { x: 14, y: height + 62, "font-size": 12, fill: "#5c6370" }, source)];
    const frame = { xmlns: "http://www.w3.org/2000/svg", width, height: height + 76, viewBox: `0 0 ${width} ${height + 76}`, "font-family": FONT.replaceAll('"', "'") };
    return new XMLSerializer().serializeToString(svg("svg", frame, svg("rect", { width: "100%", height: "100%", fill: "#ffffff" }), words, svg("g", { transform: "translate(0 36)" }, body)));
  }
}
