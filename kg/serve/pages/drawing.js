// The picture: entities and measures around the one that was chosen, placed without chance and never moving by itself.

import { family, HM, looks } from "./ask.js";

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const INK = dark ? "#f0f0f0" : "#1a1a1a";
const PAPER = dark ? "#16181c" : "#ffffff";
const FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif";
const NEAR = 250; // from an entity to its measures
const FAR = 480; // and to those who take part in them
const EDGES = { agent: "Organisation", partner: "Organisation", beneficiary: "Group", provides: "Item", programme: "Programme", place: "Place" };

const lines = (text, width = 9) => (text.match(new RegExp(`.{1,${width}}`, "gsu")) || [text]).slice(0, 3).join("\n") + (text.length > 3 * width ? "…" : "");

export class Drawing {
  constructor(place, choose) {
    this.place = place;
    this.choose = choose;
    this.clear();
  }

  clear() {
    this.network?.destroy();
    this.opened = new Set();
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(this.place, { nodes: this.nodes, edges: this.edges }, {
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      interaction: { hover: true, keyboard: false },
      edges: { smooth: false, width: 2, arrows: { to: { enabled: true, scaleFactor: 0.5 } } },
    });
    this.network.on("click", ({ nodes }) => {
      const node = nodes.length ? this.nodes.get(nodes[0]) : null;
      if (node?.chosen) this.choose(node.chosen);
    });
  }

  has(iri) {
    return this.opened.has(iri);
  }

  // Where there is room around a point: on circles that grow, from the right side on, clear of what is there.
  spot(around, radius, turn) {
    const taken = this.nodes.get();
    for (let ring = radius; ; ring += 70) {
      for (let step = 0; step < 24; step += 1) {
        const angle = turn + (step % 2 ? -1 : 1) * Math.ceil(step / 2) * (Math.PI / 12);
        const x = around.x + ring * 1.3 * Math.cos(angle);
        const y = around.y + ring * Math.sin(angle);
        if (taken.every((node) => Math.abs(node.x - x) > 165 || Math.abs(node.y - y) > 78)) return { x, y };
      }
    }
  }

  entity({ iri, label, classes }, at) {
    if (this.nodes.get(iri)) return;
    const look = looks[family(classes)] || { shape: "dot", colour: "#888888" };
    const { x, y } = at();
    this.nodes.add({ id: iri, chosen: iri, label: lines(label), title: label, shape: look.shape, size: 16, color: this.paint(look.colour), font: { face: FONT, size: 19, color: INK, strokeWidth: 4, strokeColor: PAPER }, x, y });
  }

  paint(colour) {
    return { background: colour, border: "#333333", highlight: { background: colour, border: INK }, hover: { background: colour, border: INK } };
  }

  edge(from, to, colour, label, dashes = false) {
    const id = `${from} ${label} ${to}`;
    if (!this.edges.get(id)) this.edges.add({ id, from, to, color: { color: colour, opacity: 0.7 }, dashes, title: label });
  }

  add(about) {
    this.entity(about, () => (this.nodes.length ? this.spot({ x: 0, y: 0 }, FAR, 0) : { x: 0, y: 0 }));
    const centre = this.nodes.get(about.iri);
    if (this.opened.has(about.iri)) return;
    this.opened.add(about.iri);
    const many = about.measures.length + about.links.slice(0, 16).length || 1;
    let turn = -Math.PI / 2;
    const next = () => { turn += (2 * Math.PI) / many; return turn; };
    for (const measure of about.measures) this.measure(centre, about, measure, next());
    for (const link of about.links.slice(0, 16)) {
      const angle = next();
      this.entity(link.other, () => this.spot(centre, NEAR, angle));
      this.edge(link.from, link.to, "#888888", link.property.split(/[#/]/).pop(), true);
    }
    for (const post of about.posts.slice(0, 6)) {
      const person = { iri: post.person, label: post.name, classes: [`${HM}Person`] };
      const angle = next();
      if (post.body) this.entity({ iri: post.body, label: post.bodyName, classes: [`${HM}Organisation`] }, () => this.spot(centre, NEAR, angle));
      this.entity(person, () => this.spot(centre, NEAR, angle));
      if (post.body) this.edge(post.person, post.body, "#888888", post.role, true);
    }
  }

  measure(centre, about, measure, angle) {
    if (!this.nodes.get(measure.iri)) {
      const planned = measure.status === `${HM}Planned`;
      const label = measure.amounts.slice(0, 2).map((amount) => amount.label).join("\n") || "…";
      const colour = measure.modality ? "#D9D9D9" : planned ? "#FFE7B8" : looks[`${HM}Measure`].colour;
      const { x, y } = this.spot(centre, NEAR, angle);
      this.nodes.add({ id: measure.iri, chosen: null, label, title: measure.label, shape: "box", color: this.paint(colour), font: { face: FONT, size: 18, color: "#000000" }, shapeProperties: { borderDashes: planned || measure.modality ? [6, 4] : false }, x, y });
    }
    const at = this.nodes.get(measure.iri);
    for (const filler of measure.fillers) {
      this.entity(filler, () => this.spot(at, FAR - NEAR, angle));
      const name = filler.slot.split("#").pop();
      const colour = looks[HM + EDGES[name]].colour;
      if (name === "agent" || name === "partner") this.edge(filler.iri, measure.iri, colour, name, name === "partner");
      else this.edge(measure.iri, filler.iri, colour, name);
    }
    for (const amount of measure.amounts) {
      for (const thing of amount.of.values()) {
        this.entity(thing, () => this.spot(at, FAR - NEAR, angle));
        this.edge(measure.iri, thing.iri, "#888888", "of", true);
      }
    }
    if (!this.edges.get().some((edge) => edge.from === measure.iri || edge.to === measure.iri)) this.edge(about.iri, measure.iri, "#888888", "");
  }

  focus(iri) {
    for (const node of this.nodes.get()) if (node.borderWidth > 2) this.nodes.update({ id: node.id, borderWidth: 1 });
    this.nodes.update({ id: iri, borderWidth: 5 });
    // the panel beside it may just have taken some of the room
    this.network.setSize("100%", "100%");
    // and how much room the labels take is known only once they are drawn
    this.network.once("afterDrawing", () => setTimeout(() => {
      this.network.fit({ animation: false, maxZoomLevel: 1.2 });
      this.network.moveTo({ scale: this.network.getScale() * 0.93, animation: false });
    }));
    this.network.redraw();
  }
}
