// A drawing of towns and their bonds on a canvas that can be moved, enlarged and asked. D3 does the moving.

import { el, plain } from "./dom.js";

const d3 = globalThis.d3;
const REACH = 14; // pixels around the pointer in which a town is found
const LABELS = 60;

/** The colours of the style sheet, by name; they differ in the dark. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "ink",
    "faint",
    "line",
    "surface",
    "land",
    "water",
    "accent",
    "twin",
    "friendship",
    "cooperation",
    "sponsorship",
  ];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

export class Scene {
  /**
   * `paint(context, scale, colours)` draws what lies below the towns, in the coordinates of the drawing.
   * `towns` are { id, name, x, y, degree }, coordinates in a field of `width` by `height`.
   */
  constructor({ width, height, label, paint, choose, maximum = 60 }) {
    Object.assign(this, {
      width,
      height,
      paint,
      choose,
      towns: [],
      chosen: null,
      near: new Set(),
      transform: d3.zoomIdentity,
    });
    this.canvas = el("canvas", { class: "scene", tabindex: "0", role: "img", "aria-label": label });
    this.note = el("p", { class: "note", "aria-live": "polite" });
    const act = (name, text, does) =>
      el("button", { type: "button", "aria-label": name, title: name, onclick: does }, text);
    const tools = el(
      "div",
      { class: "tools" },
      act("Enlarge", "+", () => this.enlarge(1.6)),
      act("Reduce", "−", () => this.enlarge(1 / 1.6)),
      act("Show all", "⤢", () => this.reset()),
    );
    this.element = el("div", { class: "scene-box" }, this.canvas, tools, this.note);
    this.zoom = d3
      .zoom()
      .scaleExtent([1, maximum])
      .translateExtent([
        [0, 0],
        [width, height],
      ])
      .extent([
        [0, 0],
        [width, height],
      ])
      .filter((event) => (!event.ctrlKey || event.type === "wheel") && !event.button)
      .on("zoom", (event) => {
        this.transform = event.transform;
        this.draw();
      });
    d3.select(this.canvas).call(this.zoom).on("dblclick.zoom", null);
    this.canvas.addEventListener("pointermove", (event) => this.hover(event));
    this.canvas.addEventListener("pointerleave", () => this.point(null));
    this.canvas.addEventListener("click", (event) => this.click(event));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  setTowns(towns) {
    this.towns = towns;
    this.index();
    this.draw();
  }

  /** To be called when towns have moved. */
  index() {
    this.tree = d3.quadtree(
      this.towns,
      (town) => town.x,
      (town) => town.y,
    );
  }

  /** Let a town and those bound to it stand out; null for none. */
  highlight(id, near) {
    this.chosen = id;
    this.near = near;
    this.draw();
  }

  enlarge(factor) {
    d3.select(this.canvas).call(this.zoom.scaleBy, factor);
  }

  reset() {
    d3.select(this.canvas).call(this.zoom.transform, d3.zoomIdentity);
  }

  /** Pixels of the screen for one unit of the drawing, unenlarged. */
  get fit() {
    return this.canvas.clientWidth / this.width;
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.drawNow();
    });
  }

  drawNow() {
    const [wide, high] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (!wide) return;
    const density = devicePixelRatio || 1;
    if (
      this.canvas.width !== Math.round(wide * density) ||
      this.canvas.height !== Math.round(high * density)
    ) {
      this.canvas.width = Math.round(wide * density);
      this.canvas.height = Math.round(high * density);
    }
    const context = this.canvas.getContext("2d");
    const { k, x, y } = this.transform;
    const scale = this.fit * k;
    const palette = colours();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(
      density * scale,
      0,
      0,
      density * scale,
      density * this.fit * x,
      density * this.fit * y,
    );
    context.lineJoin = context.lineCap = "round";
    this.paint(context, scale, palette);
    context.setTransform(density, 0, 0, density, 0, 0);
    this.drawTowns(context, palette, wide, high);
  }

  place(town) {
    return [
      this.fit * (this.transform.k * town.x + this.transform.x),
      this.fit * (this.transform.k * town.y + this.transform.y),
    ];
  }

  drawTowns(context, palette, wide, high) {
    const labelled = [];
    const crowd = Math.max(
      0.45,
      Math.min(1, (16 * Math.sqrt(this.transform.k)) / Math.sqrt(this.towns.length + 1)),
    );
    const inside = ([x, y]) => x > -20 && y > -20 && x < wide + 20 && y < high + 20;
    for (const town of this.towns) {
      const at = this.place(town);
      if (!inside(at)) continue;
      const stands = town.id === this.chosen || this.near.has(town.id);
      const radius =
        Math.min(9, crowd * (1.6 + 0.9 * Math.sqrt(town.degree))) * (town.id === this.chosen ? 1.4 : 1);
      context.globalAlpha = this.chosen === null || stands ? 1 : 0.25;
      context.beginPath();
      context.arc(...at, radius, 0, 2 * Math.PI);
      context.fillStyle = town.id === this.chosen ? palette.accent : palette.ink;
      context.fill();
      context.lineWidth = crowd;
      context.strokeStyle = palette.surface;
      context.stroke();
      if (this.chosen === null || stands) labelled.push([town, at, radius]);
    }
    context.globalAlpha = 1;
    this.drawLabels(context, palette, labelled, wide);
  }

  /** Names of the most bound towns, as many as have room. */
  drawLabels(context, palette, labelled, wide) {
    labelled.sort(
      (a, b) =>
        Number(b[0].id === this.chosen) - Number(a[0].id === this.chosen) || b[0].degree - a[0].degree,
    );
    context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = "middle";
    context.lineWidth = 3;
    const taken = [];
    for (const [town, [x, y], radius] of labelled.slice(0, 400)) {
      if (taken.length >= LABELS) break;
      const name = plain(town.name).slice(0, 40);
      const width = context.measureText(name).width;
      const left = x + radius + 5 + width > wide ? x - radius - 5 - width : x + radius + 3;
      const box = [left, y - 8, left + 2 + width, y + 8];
      if (
        taken.some(
          (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
        )
      )
        continue;
      taken.push(box);
      context.strokeStyle = palette.surface;
      context.strokeText(name, box[0], y);
      context.fillStyle = palette.ink;
      context.fillText(name, box[0], y);
    }
  }

  find(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.fit * this.transform.k;
    const x = (event.clientX - box.left - this.fit * this.transform.x) / scale;
    const y = (event.clientY - box.top - this.fit * this.transform.y) / scale;
    return this.tree?.find(x, y, REACH / scale) ?? null;
  }

  hover(event) {
    this.point(this.find(event));
  }

  point(town) {
    this.canvas.classList.toggle("found", town !== null);
    this.note.textContent =
      town === null
        ? ""
        : `${plain(town.name)}: ${town.degree} ${town.degree === 1 ? "partnership" : "partnerships"}`;
  }

  click(event) {
    const town = this.find(event);
    if (town) this.choose(town.id);
  }

  press(event) {
    const [wide, high] = [this.width / 8 / this.transform.k, this.height / 8 / this.transform.k];
    const moves = { ArrowLeft: [wide, 0], ArrowRight: [-wide, 0], ArrowUp: [0, high], ArrowDown: [0, -high] };
    if (event.key in moves) d3.select(this.canvas).call(this.zoom.translateBy, ...moves[event.key]);
    else if (event.key === "+") this.enlarge(1.6);
    else if (event.key === "-") this.enlarge(1 / 1.6);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
  }
}
