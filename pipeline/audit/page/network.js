// The network: towns drawn together by their bonds, laid out by D3's forces, the same way every time.

import { count, el, number, replace } from "./dom.js";
import { changed, go } from "./address.js";
import { KINDS, PictureView } from "./pictures.js";
import { Scene } from "./scene.js";

const forces = globalThis.d3;
const [WIDTH, HEIGHT] = [960, 640];
const FRAME = 24; // milliseconds of layout between two pictures

export class NetworkView extends PictureView {
  constructor(root, model, spec) {
    super(root, model, spec, "Network of partnerships");
    this.bonds = [];
    this.scene = new Scene({
      width: WIDTH,
      height: HEIGHT,
      label: "Network of the partnerships",
      maximum: 30,
      paint: (context, scale, palette) => this.paint(context, scale, palette),
      choose: (id) => go(changed({ town: id })),
    });
    this.box.append(this.scene.element);
  }

  show(rows) {
    const { towns, bonds } = this.graph(rows);
    Object.assign(this, { towns, bonds });
    const parts = components(towns, bonds);
    replace(
      this.summary,
      `${count(towns.length, "place")}, ${count(bonds.length, "partnership")}, ${count(parts.length, "group")} of places bound together; the largest has ${number(parts[0] ?? 0)}`,
    );
    this.scene.canvas.setAttribute(
      "aria-label",
      `Network of ${count(towns.length, "place")} and ${count(bonds.length, "partnership")}; the same is in the table of partnerships`,
    );
    this.simulation?.stop();
    this.simulation = forces
      .forceSimulation(towns)
      .force("link", forces.forceLink(bonds).distance(30))
      .force("charge", forces.forceManyBody().strength(-40).distanceMax(400).theta(1.1))
      .force("x", forces.forceX().strength(0.06))
      .force("y", forces.forceY().strength(0.09))
      .alphaDecay(towns.length > 2000 ? 0.05 : 0.025)
      .stop();
    this.lay();
  }

  /** Lay out a little, show it, go on; all at once for those who want no motion. */
  lay() {
    const { simulation } = this;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = () => {
      if (simulation !== this.simulation || !this.scene.element.isConnected) return;
      const until = performance.now() + (still ? 5000 : FRAME);
      while (simulation.alpha() > simulation.alphaMin() && performance.now() < until) simulation.tick();
      this.spread();
      if (simulation.alpha() > simulation.alphaMin()) requestAnimationFrame(step);
      else this.scene.element.dataset.done = "true";
    };
    delete this.scene.element.dataset.done;
    requestAnimationFrame(step);
  }

  /** Fit the layout into the field. The forces keep coordinates of their own. */
  spread() {
    const { towns } = this;
    const [left, right] = forces.extent(towns, (town) => town.x);
    const [top, bottom] = forces.extent(towns, (town) => town.y);
    const factor = Math.min(
      (WIDTH - 120) / Math.max(1, right - left),
      (HEIGHT - 60) / Math.max(1, bottom - top),
      4,
    );
    const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
    this.scene.setTowns(
      towns.map((town) => ({
        ...town,
        x: WIDTH / 2 + factor * (town.x - middleX),
        y: HEIGHT / 2 + factor * (town.y - middleY),
      })),
    );
    const at = new Map(this.scene.towns.map((town) => [town.id, town]));
    this.lines = this.bonds.map(({ kind, source, target }) => ({
      kind,
      a: at.get(source.id),
      b: at.get(target.id),
    }));
  }

  paint(context, scale, palette) {
    const { chosen } = this.scene;
    const crowd = Math.max(0.12, Math.min(0.7, 12 / Math.sqrt(this.bonds.length + 1)));
    for (const kind of KINDS) {
      const all = (this.lines ?? []).filter((line) => line.kind === kind);
      const strong = all.filter(({ a, b }) => a.id === chosen || b.id === chosen);
      context.strokeStyle = palette[kind];
      this.strokes(context, all, 1 / scale, chosen === null ? crowd : crowd / 4);
      this.strokes(context, strong, 2 / scale, 1);
    }
    context.globalAlpha = 1;
  }

  strokes(context, lines, width, alpha) {
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.beginPath();
    for (const { a, b } of lines) {
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    context.stroke();
  }
}

/** Sizes of the groups of places that hang together, largest first. */
function components(towns, bonds) {
  const above = new Map(towns.map((town) => [town, town]));
  const root = (town) => {
    let found = town;
    while (above.get(found) !== found) {
      above.set(found, above.get(above.get(found)));
      found = above.get(found);
    }
    return found;
  };
  for (const { source, target } of bonds) above.set(root(source), root(target));
  const sizes = new Map();
  for (const town of towns) sizes.set(root(town), (sizes.get(root(town)) ?? 0) + 1);
  return [...sizes.values()].sort((a, b) => b - a);
}
