// Foundings by year. What is known only to a span of years (198X) stands apart, as long as the span.

import { count, el, number, replace, svg } from "./dom.js";
import { address, readAddress } from "./address.js";
import { filterBar, matching } from "./filters.js";
import { KINDS } from "./pictures.js";
import { years } from "./specs.js";

const scales = globalThis.d3;
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [960, 360, 40, 28, 12];
const LANE = 14;

export class TimelineView {
  constructor(root, model, spec) {
    Object.assign(this, { model, spec });
    this.bar = filterBar(spec, "partnerships", true);
    this.summary = el("p", { class: "summary" });
    this.box = el("div", { class: "timeline" });
    root.append(
      el("h1", { tabindex: "-1" }, "Timeline of foundings"),
      this.bar.element,
      this.summary,
      this.box,
    );
  }

  update() {
    const { params } = readAddress();
    if (this.shown === params.toString()) return;
    this.shown = params.toString();
    this.bar.update();
    const { partnerships: table } = this.model.tables;
    const rows = matching(this.spec, params);
    const byYear = new Map();
    const spans = new Map();
    for (const row of rows) {
      const span = years(table.founded_earliest[row], table.founded_latest[row]);
      if (span === null) continue;
      const [into, key] = span[0] === span[1] ? [byYear, span[0]] : [spans, span.join("–")];
      if (!into.has(key)) into.set(key, { from: span[0], to: span[1], rows: [] });
      into.get(key).rows.push(row);
    }
    const bars = [...byYear.values()].sort((a, b) => a.from - b.from);
    const long = [...spans.values()].sort((a, b) => a.from - b.from || a.to - b.to);
    const dated = [...bars, ...long].reduce((sum, { rows: found }) => sum + found.length, 0);
    this.summary.textContent = `${count(dated, "partnership")} with a founding date, ${number(rows.length - dated)} without`;
    if (!dated) return replace(this.box, el("p", { class: "empty" }, "No founding to show."));
    const legend = el(
      "ul",
      { class: "kinds", "aria-label": "Colours" },
      KINDS.map((kind) => el("li", { class: `kind-${kind}` }, kind)),
    );
    replace(
      this.box,
      legend,
      el("div", { class: "scroll" }, this.drawing(bars, long)),
      this.list(bars, long),
    );
  }

  target({ from, to }) {
    return address(
      "partnerships",
      new URLSearchParams([
        ...readAddress().params,
        ["founded_from", from],
        ["founded_to", to],
        ["sort", "founded"],
      ]),
    );
  }

  words({ from, to, rows }) {
    const { kind } = this.model.tables.partnerships;
    const parts = KINDS.map((name) => [name, rows.filter((row) => kind[row] === name).length]).filter(
      ([, amount]) => amount,
    );
    return `${from === to ? from : `some time from ${from} to ${to}`}: ${count(rows.length, "partnership")} (${parts.map(([name, amount]) => `${amount} ${name}`).join(", ")})`;
  }

  drawing(bars, long) {
    const first = Math.min(...[...bars, ...long].map(({ from }) => from));
    const last = Math.max(...[...bars, ...long].map(({ to }) => to)) + 1;
    const x = (year) => LEFT + ((year - first) / Math.max(10, last - first)) * (WIDTH - LEFT - 8);
    const most = Math.max(1, ...bars.map(({ rows }) => rows.length));
    const y = (amount) => HEIGHT - BOTTOM - (amount / most) * (HEIGHT - BOTTOM - TOP);
    const lanes = pack(long);
    const height = HEIGHT + (lanes.length ? 24 + lanes.length * LANE : 0);
    const made = svg("svg", {
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "group",
      "aria-label": "Foundings by year",
    });
    for (const tick of scales.ticks(0, most, 5).filter(Number.isInteger)) {
      made.append(
        svg("line", { class: "rule", x1: LEFT, x2: WIDTH, y1: y(tick), y2: y(tick) }),
        svg("text", { x: LEFT - 6, y: y(tick) + 4, "text-anchor": "end" }, tick),
      );
    }
    for (const tick of scales.ticks(first, last, 12).filter(Number.isInteger))
      made.append(svg("text", { x: x(tick), y: HEIGHT - 8, "text-anchor": "middle" }, tick));
    for (const bar of bars) made.append(this.bar_(bar, x, y));
    if (lanes.length)
      made.append(
        svg("text", { class: "lane-title", x: LEFT, y: HEIGHT + 14 }, "known only to a span of years"),
      );
    lanes.forEach((lane, place) =>
      lane.forEach((span) => {
        const top = HEIGHT + 20 + place * LANE;
        const wide = x(span.to + 1) - x(span.from);
        made.append(
          svg(
            "a",
            { href: this.target(span), "aria-label": this.words(span) },
            svg("title", {}, this.words(span)),
            svg("rect", {
              class: "span",
              x: x(span.from),
              y: top,
              width: Math.max(2, wide),
              height: LANE - 3,
              rx: 2,
            }),
            svg(
              "text",
              { class: "on-span", x: x(span.from) + wide / 2, y: top + 9, "text-anchor": "middle" },
              span.rows.length,
            ),
          ),
        );
      }),
    );
    return made;
  }

  bar_(bar, x, y) {
    const { kind } = this.model.tables.partnerships;
    const made = svg(
      "a",
      { href: this.target(bar), "aria-label": this.words(bar) },
      svg("title", {}, this.words(bar)),
    );
    let below = 0;
    for (const name of KINDS) {
      const amount = bar.rows.filter((row) => kind[row] === name).length;
      if (!amount) continue;
      made.append(
        svg("rect", {
          class: `fill-${name}`,
          x: x(bar.from) + 0.5,
          width: Math.max(1.5, x(bar.from + 1) - x(bar.from) - 1),
          y: y(below + amount),
          height: y(below) - y(below + amount),
        }),
      );
      below += amount;
    }
    return made;
  }

  list(bars, long) {
    const { partnerships: table } = this.model.tables;
    const row = (entry) =>
      el(
        "tr",
        {},
        el(
          "th",
          { scope: "row" },
          el(
            "a",
            { href: this.target(entry) },
            entry.from === entry.to ? String(entry.from) : `${entry.from}–${entry.to}`,
          ),
        ),
        el("td", { class: "number" }, number(entry.rows.length)),
        el(
          "td",
          {},
          entry.rows
            .slice(0, 12)
            .map((pair, place) => [place > 0 && ", ", el("bdi", {}, this.model.pairName(pair))]),
          entry.rows.length > 12 && " …",
        ),
      );
    return el(
      "details",
      {},
      el("summary", {}, "The same as a table"),
      el(
        "table",
        { class: "grid" },
        el("caption", { class: "unseen" }, "Foundings by year"),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "founded"),
            el("th", { scope: "col" }, "partnerships"),
            el("th", { scope: "col" }, "between"),
          ),
        ),
        el("tbody", {}, [...bars, ...long].sort((a, b) => a.from - b.from || a.to - b.to).map(row)),
      ),
    );
  }
}

/** Spans in as few lanes as hold them without overlap. */
function pack(spans) {
  const lanes = [];
  for (const span of spans) {
    const free = lanes.find((lane) => lane.at(-1).to < span.from);
    if (free) free.push(span);
    else lanes.push([span]);
  }
  return lanes;
}
