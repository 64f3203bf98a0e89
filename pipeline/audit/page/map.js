// The map: towns where they lie, partnerships as great circles over outlines from Natural Earth.

import { count, el, number, replace } from "./dom.js";
import { address } from "./address.js";
import { changed, go } from "./address.js";
import { KINDS, PictureView } from "./pictures.js";
import { Scene } from "./scene.js";

const geo = globalThis.d3;
const [WIDTH, HEIGHT] = [960, 500];

export class MapView extends PictureView {
  constructor(root, model, spec, world) {
    super(root, model, spec, "Map of partnerships");
    this.projection = geo.geoNaturalEarth1().fitExtent(
      [
        [4, 4],
        [WIDTH - 4, HEIGHT - 4],
      ],
      { type: "Sphere" },
    );
    this.land = this.outline(globalThis.topojson.feature(world, world.objects.land));
    this.borders = this.outline(globalThis.topojson.mesh(world, world.objects.countries, (a, b) => a !== b));
    this.sphere = this.outline({ type: "Sphere" });
    this.arcs = new Map();
    this.scene = new Scene({
      width: WIDTH,
      height: HEIGHT,
      label: "World map of the partnerships; the same is in the table of partnerships",
      paint: (context, scale, palette) => this.paint(context, scale, palette),
      choose: (id) => go(changed({ town: id })),
    });
    this.box.append(this.scene.element);
  }

  outline(shape) {
    const path = new Path2D();
    geo.geoPath(this.projection, path)(shape);
    return path;
  }

  show(rows) {
    const { towns, bonds } = this.graph(rows);
    const drawn = bonds.filter(
      ({ source, target }) => this.model.position(source.id) && this.model.position(target.id),
    );
    this.bonds = drawn;
    this.towns = towns.filter(({ id }) => this.model.position(id));
    for (const town of this.towns) [town.x, town.y] = this.projection(this.model.position(town.id));
    this.arcs = new Map(KINDS.map((kind) => [kind, this.arcsOf(drawn.filter((bond) => bond.kind === kind))]));
    this.scene.setTowns(this.towns);
    this.scene.canvas.setAttribute(
      "aria-label",
      `World map of ${count(drawn.length, "partnership")} of ${count(this.towns.length, "place")}; the same is in the table of partnerships`,
    );
    const missing = rows.length - drawn.length;
    replace(
      this.summary,
      `${count(drawn.length, "partnership")}, ${count(this.towns.length, "place")}`,
      missing > 0 && [
        " · ",
        el(
          "a",
          { href: address("partnerships", { drawn: "not on the map" }) },
          `${number(missing)} not drawn, a place’s position being unknown`,
        ),
      ],
    );
  }

  arcsOf(bonds) {
    return this.outline({
      type: "MultiLineString",
      coordinates: bonds.map(({ source, target }) => [
        this.model.position(source.id),
        this.model.position(target.id),
      ]),
    });
  }

  chosen(id) {
    const bonds =
      id === null ? null : this.bonds.filter(({ source, target }) => source.id === id || target.id === id);
    this.strong =
      bonds && new Map(KINDS.map((kind) => [kind, this.arcsOf(bonds.filter((bond) => bond.kind === kind))]));
    this.scene.draw();
  }

  paint(context, scale, palette) {
    context.fillStyle = palette.water;
    context.fill(this.sphere);
    context.fillStyle = palette.land;
    context.fill(this.land);
    context.lineWidth = 0.5 / scale;
    context.strokeStyle = palette.line;
    context.stroke(this.borders);
    const crowd = Math.min(1, Math.max(0.12, 60 / Math.sqrt(this.bonds.length + 1) / 10));
    this.strokes(context, palette, this.arcs, 1 / scale, this.strong ? crowd / 4 : crowd);
    if (this.strong) this.strokes(context, palette, this.strong, 1.8 / scale, 1);
    context.globalAlpha = 1;
  }

  strokes(context, palette, arcs, width, alpha) {
    context.globalAlpha = alpha;
    context.lineWidth = width;
    for (const [kind, path] of arcs) {
      context.strokeStyle = palette[kind];
      context.stroke(path);
    }
  }
}
