// A graph drawn by vis-network: shapes, labels and captions have one size on the screen at every zoom, and what finds no
// room is left out rather than shrunk. Nothing moves by itself but from one view to the next.

import { FONT, labels, letter, LETTERS, wide, wrapped } from "./labels.js";
import { columns, springs } from "./layout.js";
import { trace } from "./outline.js";

const MOVING = 350; // ms
const FADED = 0.18;
const LEGIBLE = 0.5; // a view smaller than this shows too few labels

export class Picture {
  // `place` is an element; `options` are vis-network's; `looks` gives shape and colour by kind; `chosen({node, edge})` hears clicks.
  // Where `still` is true, nothing moves.
  constructor(place, { options, looks, chosen, still }) {
    Object.assign(this, {
      place,
      looks,
      still,
      selected: null,
      scale: 1,
      drawn: [],
      at: new Map(),
    });
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("click", ({ nodes, edges, pointer }) => {
      const label = this.drawn.find(
        ({ box: [l, t, r, b] }) => pointer.DOM.x >= l && pointer.DOM.x <= r && pointer.DOM.y >= t && pointer.DOM.y <= b,
      );
      chosen(nodes.length ? { node: nodes[0] } : (label ?? (edges.length ? { edge: edges[0] } : {})));
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

  get ink() {
    return this.dark.matches ? "#f0f0f0" : "#1a1a1a";
  }

  // Of shapes and badges; dashes lie on pale ones.
  get rim() {
    return this.dark.matches ? "#dddddd" : "#333333";
  }

  get paper() {
    return this.dark.matches ? "#16181c" : "#ffffff";
  }

  // nodes: {id, kind, label, weight, tint?, dashed?, side?, tail?}; edges: {id, from, to, label, colour, width, dashed}.
  // With `left` and `right`, lists of ids, they stand in two columns, otherwise where edges pull them.
  show({ nodes, edges, left, right }) {
    const before = this.at;
    this.model = { nodes: new Map(nodes.map((node) => [node.id, node])), edges, left, right };
    this.at = left
      ? this.inColumns()
      : springs(
          nodes.map((node) => ({ id: node.id, ...this.extent(node) })),
          edges.map(({ from, to }) => [from, to]),
        );
    this.touched = false;
    this.neighbours = null;
    this.selected = null;
    const seen = new Set(this.nodes.getIds());
    this.changing = true; // vis-network draws in between, when some of the nodes are not there yet
    this.nodes.remove([...seen].filter((id) => !this.model.nodes.has(id)));
    this.edges.clear();
    this.nodes.update(
      nodes.map((node) => ({
        id: node.id,
        shape: "custom",
        ctxRenderer: this.renderer(node),
        ...(this.moves(before, node.id) ? before.get(node.id) : this.at.get(node.id)),
      })),
    );
    this.edges.add(edges.map((edge) => this.edge(edge)));
    this.changing = false;
    this.glide(before);
  }

  moves(before, id) {
    return !this.still && before.has(id);
  }

  glide(before) {
    const moving = [...this.at].filter(([id]) => this.moves(before, id)).map(([id, to]) => [id, before.get(id), to]);
    cancelAnimationFrame(this.gliding);
    this.fit(moving.length > 0);
    delete this.place.dataset.moving;
    if (!moving.length) return;
    this.place.dataset.moving = moving.length;
    const begun = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, now - begun) / MOVING);
      const eased = part * part * (3 - 2 * part);
      this.nodes.update(
        moving.map(([id, a, b]) => ({ id, x: a.x + (b.x - a.x) * eased, y: a.y + (b.y - a.y) * eased })),
      );
      if (part < 1) this.gliding = requestAnimationFrame(step);
      else delete this.place.dataset.moving;
    };
    this.gliding = requestAnimationFrame(step);
  }

  inColumns() {
    const { left, right, edges } = this.model;
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    const margin = this.margin();
    return columns(
      left,
      right,
      edges.map(({ from, to, width: w }) => [from, to, w]),
      { width: width - 2 * margin, height: Math.max(200, height - 30) },
    );
  }

  // Beside either column, for its labels.
  margin() {
    return Math.min(260, this.place.clientWidth * 0.34);
  }

  extent({ label, kind }) {
    const lines = kind === "Measure" ? label : wrapped(label);
    return {
      width: Math.max(40, Math.max(...lines.map(wide)) * LETTERS + 18),
      height: lines.length * LETTERS * 1.2 + (kind === "Measure" ? 16 : 34),
    };
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

  faded(id) {
    return this.neighbours !== null && !this.neighbours.has(id);
  }

  edge({ id, from, to, colour, width = 2, dashed = false }) {
    const off = this.neighbours !== null && ![id, from, to].includes(this.selected);
    const smooth = this.model.left
      ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 }
      : false;
    // lines, too, have one width on the screen, whatever of the graph fits on it
    return {
      id,
      from,
      to,
      width: this.model.left ? width : width / Math.min(1, this.scale),
      dashes: dashed,
      smooth,
      arrows: this.model.left
        ? ""
        : { to: { enabled: true, scaleFactor: Math.min(2, 0.45 / Math.min(1, this.scale)) } },
      hoverWidth: 1,
      selectionWidth: 0,
      color: { color: colour, highlight: colour, hover: colour, opacity: off ? 0.07 : this.model.left ? 0.5 : 0.7 },
    };
  }

  has(id) {
    return this.model.nodes.has(id) || this.model.edges.some((one) => one.id === id);
  }

  // What is chosen stands out, with what it is joined to; the rest steps back, unless all is there for its sake (`around`).
  // Null chooses nothing.
  select(id, around = false) {
    const edge = this.model.edges.find((one) => one.id === id);
    this.selected = id;
    const touching = this.model.edges.filter(({ from, to }) => from === id || to === id);
    this.neighbours =
      id === null || around
        ? null
        : new Set([id, ...(edge ? [edge.from, edge.to] : touching.flatMap(({ from, to }) => [from, to]))]);
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
    const near =
      this.neighbours && all.scale < LEGIBLE
        ? this.framed([...this.neighbours].map((id) => this.at.get(id)).filter(Boolean), LEGIBLE)
        : all;
    this.scale = near.scale;
    this.edges.update(this.model.edges.map((one) => this.edge(one)));
    this.network.moveTo({
      ...near,
      animation: gently && !this.still ? { duration: MOVING, easingFunction: "easeInOutQuad" } : false,
    });
  }

  // The view that has these points in it, at most so large.
  framed(found, most) {
    const points = [...found];
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [mx, my] = this.model.left ? [0, 0] : [96, 34];
    const scale = this.model.left
      ? 1
      : Math.min(most, (width - 2 * mx) / Math.max(1, x1 - x0), (height - 2 * my) / Math.max(1, y1 - y0));
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

  // Where a node stands on the screen.
  spot(id) {
    return this.network.canvasToDOM(this.network.getPosition(id));
  }

  write(ctx) {
    if (!this.model || this.changing) return;
    const ratio = ctx.canvas.width / this.place.clientWidth || 1;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const measure = (text, size) => {
      ctx.font = `${size}px ${FONT}`;
      return ctx.measureText(text).width;
    };
    this.drawn = labels(this, measure);
    for (const label of this.drawn) letter(ctx, this, label);
    ctx.restore();
    this.place.dataset.labels = this.drawn.length;
  }
}
