// One table: a filter bar, sortable heads, rows a page at a time. Any number of rows costs the same to draw.

import { count, el, number, replace, say } from "./dom.js";
import { changed, go, readAddress } from "./address.js";
import { filterBar, matching } from "./filters.js";

const SIZES = [50, 200, 1000];
const collator = new Intl.Collator(["de", "en"], { numeric: true, sensitivity: "base" });

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return typeof a === "number" ? a - b : collator.compare(a, b);
}

/** The rows in the order that the parameters ask for; empty cells come last either way. */
export function sorted(spec, rows, params) {
  const column = spec.columns.find((found) => found.id === params.get("sort"));
  if (!column) return rows;
  const values = new Map(rows.map((row) => [row, column.value(row)]));
  const sign = params.get("dir") === "down" ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    const order = compare(x, y);
    return (x ?? null) === null || (y ?? null) === null ? order : sign * order;
  });
}

export class TableView {
  constructor(root, spec) {
    this.spec = spec;
    this.bar = filterBar(spec, spec.title);
    this.summary = el("p", { class: "summary" });
    this.head = el("tr");
    this.body = el("tbody");
    this.pager = el("nav", { class: "pager", "aria-label": "Pages of rows" });
    this.table = el(
      "table",
      { class: `facts facts-${spec.table}` },
      el("caption", { class: "unseen" }, spec.title),
      el("thead", {}, this.head),
      this.body,
    );
    this.table.addEventListener("click", (event) => this.openRow(event));
    this.table.addEventListener("keydown", (event) => this.moveFocus(event));
    root.append(
      el("h1", { tabindex: "-1" }, spec.title),
      this.bar.element,
      this.summary,
      el("div", { class: "scroll" }, this.table),
      this.pager,
    );
  }

  /** Show what the address asks for. */
  update() {
    const { params } = readAddress();
    const asked = new URLSearchParams(params);
    asked.delete("fact");
    if (this.shown !== asked.toString()) {
      this.shown = asked.toString();
      this.rows = sorted(this.spec, matching(this.spec, params), params);
      this.bar.update();
      this.showHead(params);
      this.showRows(params);
    }
    this.markOpen(params.get("fact"));
  }

  showHead(params) {
    const focused = document.activeElement?.closest?.("th")?.dataset.column;
    const heads = this.spec.columns.map((column) => {
      const active = params.get("sort") === column.id;
      const down = params.get("dir") === "down";
      const next =
        active && !down
          ? { sort: column.id, dir: "down" }
          : active
            ? { sort: null, dir: null }
            : { sort: column.id, dir: null };
      const sign = active ? (down ? " ↓" : " ↑") : "";
      const button = el(
        "button",
        { type: "button", onclick: () => go(changed({ ...next, page: null }), false) },
        column.label,
        el("span", { "aria-hidden": "true" }, sign),
      );
      return el(
        "th",
        {
          scope: "col",
          class: column.number ? "number" : null,
          "data-column": column.id,
          "aria-sort": active ? (down ? "descending" : "ascending") : null,
        },
        button,
      );
    });
    replace(this.head, heads);
    if (focused) this.head.querySelector(`[data-column="${CSS.escape(focused)}"] button`)?.focus();
  }

  showRows(params) {
    const asked = params.get("size");
    const size = asked === "all" ? Infinity : SIZES.includes(Number(asked)) ? Number(asked) : SIZES[0];
    const pages = Math.max(1, Math.ceil(this.rows.length / size));
    const page = Math.min(Math.max(1, Math.trunc(Number(params.get("page"))) || 1), pages);
    const start = size === Infinity ? 0 : (page - 1) * size;
    const shown = this.rows.slice(start, size === Infinity ? undefined : start + size);
    replace(
      this.body,
      shown.map((row) => this.row(row)),
    );
    if (!shown.length) {
      const empty = this.spec.size ? "No row has all this." : "This table is empty.";
      this.body.append(el("tr", {}, el("td", { class: "empty", colspan: this.spec.columns.length }, empty)));
    }
    const range =
      shown.length && shown.length < this.rows.length
        ? `, ${number(start + 1)}–${number(start + shown.length)} shown`
        : "";
    const of = this.rows.length === this.spec.size ? "" : ` of ${number(this.spec.size)}`;
    this.summary.textContent = `${this.rows.length === this.spec.size ? count(this.rows.length, "row") : number(this.rows.length)}${of}${range}`;
    say(this.summary.textContent);
    this.showPager(page, pages, size);
  }

  row(row) {
    const cells = this.spec.columns.map((column) => {
      const cell = column.cell(row);
      const inside = cell instanceof Node ? cell : el("bdi", {}, String(cell ?? ""));
      return el("td", { class: column.number ? "number" : column.compact ? "compact" : null }, inside);
    });
    return el("tr", { "data-row": row }, cells);
  }

  showPager(page, pages, size) {
    if (this.rows.length <= SIZES[0]) return replace(this.pager);
    const step = (to, text, label) =>
      el(
        "button",
        {
          type: "button",
          disabled: to < 1 || to > pages || to === page,
          "aria-label": label,
          onclick: () => this.turn(to, label),
        },
        text,
      );
    const select = el(
      "select",
      { onchange: () => go(changed({ size: select.value, page: null }), false) },
      [...SIZES, "all"].map((value) =>
        el(
          "option",
          { value, selected: value === size || (value === "all" && size === Infinity) },
          String(value),
        ),
      ),
    );
    replace(
      this.pager,
      step(1, "«", "First page"),
      step(page - 1, "‹", "Previous page"),
      el("span", {}, `${number(page)} of ${number(pages)}`),
      step(page + 1, "›", "Next page"),
      step(pages, "»", "Last page"),
      el("label", {}, " rows a page ", select),
      el("span", { class: "faint" }, size === Infinity ? "" : "(to print a whole table, show all)"),
    );
  }

  turn(page, label) {
    go(changed({ page: page === 1 ? null : page }), false);
    this.table.scrollIntoView({ block: "start" });
    const same = this.pager.querySelector(`button[aria-label="${label}"]:not(:disabled)`);
    (same ?? this.pager.querySelector("button:not(:disabled)"))?.focus({ preventScroll: true });
  }

  markOpen(fact) {
    for (const open of this.body.querySelectorAll("tr.open")) open.classList.remove("open");
    if (!fact) return;
    for (const link of this.body.querySelectorAll("a.row-link")) {
      if (new URLSearchParams(link.hash.split("?")[1]).get("fact") === fact)
        link.closest("tr").classList.add("open");
    }
  }

  /** A click anywhere in a row opens it, but not the end of marking words with the mouse. */
  openRow(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    if (link && !link.classList.contains("row-link")) return;
    const row = event.target.closest("tr[data-row]")?.dataset.row;
    if (row === undefined || String(getSelection()) !== "") return;
    const target = this.spec.open(Number(row));
    if (target === null) return;
    event.preventDefault();
    const fact = new URLSearchParams(target.split("?")[1]).get("fact");
    go(fact && this.spec.type ? changed({ fact }) : target);
  }

  /** Arrow keys go from row to row. */
  moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.classList.contains("row-link")) return;
    const links = [...this.body.querySelectorAll("a.row-link")];
    const next = links[links.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
}
