// Corrections that were collected on the way: rows of corrections.csv, until the tab is closed.

import { count, el, replace, say } from "./dom.js";
import { TYPES } from "./model.js";
import { factAddress } from "./address.js";

export const COLUMNS = ["fact_type", "fact_key", "field", "action", "value", "reviewer", "date", "reason"];
const ROWS = "twintown.rows";
const memory = new Map(); // where the browser lends no storage to files

/** Read what was remembered for this tab, or "". */
export function recall(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return memory.get(key) ?? "";
  }
}

/** Remember something for this tab. */
export function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    memory.set(key, value);
  }
}

/** The collected rows, each a list of cells in the order of the columns. */
export function collected() {
  try {
    const rows = JSON.parse(recall(ROWS) || "[]");
    return rows.filter(
      (row) =>
        Array.isArray(row) && row.length === COLUMNS.length && row.every((cell) => typeof cell === "string"),
    );
  } catch {
    return [];
  }
}

function keep(rows) {
  remember(ROWS, JSON.stringify(rows));
  dispatchEvent(new Event("collected"));
}

/** Collect a row; it takes the place of an earlier one for the same field of the same fact. */
export function collect(row) {
  const same = (other) => row.slice(0, 3).every((cell, place) => cell === other[place]);
  keep([...collected().filter((other) => !same(other)), row]);
}

/** Rows as RFC 4180 has them, lines ending in LF. */
export function csv(rows) {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(",")).join("\n");
}

/** Copy text; where there is no clipboard, mark it in a field to be copied by hand. Tells what happened. */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    field.focus();
    field.select();
    return "This browser gives no access to the clipboard; the text is marked: press Ctrl+C.";
  }
}

export class CollectedView {
  constructor(root, model) {
    this.model = model;
    this.summary = el("p", { class: "summary" });
    this.box = el("div");
    root.append(el("h1", { tabindex: "-1" }, "Collected corrections"), this.summary, this.box);
    addEventListener("collected", () => this.box.isConnected && this.update());
  }

  update() {
    const rows = collected();
    this.summary.textContent = count(rows.length, "row");
    if (!rows.length)
      return replace(
        this.box,
        el(
          "p",
          {},
          "Open a fact and choose “Accept, reject or edit …”; rows that you collect there are listed here until this tab is closed.",
        ),
      );
    const text = `${csv([COLUMNS, ...rows])}\n`;
    const field = el("textarea", {
      readonly: true,
      rows: Math.min(20, rows.length + 2),
      spellcheck: "false",
      "aria-label": "corrections.csv",
      class: "csv",
    });
    field.value = text;
    const message = el("p", { class: "message", role: "status" });
    replace(
      this.box,
      el(
        "p",
        { class: "actions" },
        el(
          "button",
          { type: "button", class: "main", onclick: () => download(text) },
          "Save corrections.csv",
        ),
        el(
          "button",
          {
            type: "button",
            onclick: async () => {
              message.textContent = await copy(text, field);
            },
          },
          "Copy all",
        ),
        el("button", { type: "button", onclick: () => keep([]) }, "Remove all"),
      ),
      message,
      el(
        "div",
        { class: "scroll" },
        el(
          "table",
          { class: "facts" },
          el("caption", { class: "unseen" }, "Collected corrections"),
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["Fact", "Type", "Judgement", "Reviewer", "Reason", ""].map((head) =>
                el("th", { scope: "col", class: "plain" }, head || el("span", { class: "unseen" }, "Remove")),
              ),
            ),
          ),
          el(
            "tbody",
            {},
            rows.map((row) => this.row(row)),
          ),
        ),
      ),
      el("h2", {}, "As a file"),
      field,
    );
  }

  row(cells) {
    const [type, key, field, action, value, reviewer, , reason] = cells;
    const fact = this.model.find(`${type}:${key}`);
    const label = fact
      ? el(
          "a",
          { href: factAddress(this.model, fact.type, fact.row) },
          el("bdi", {}, this.model.label(fact.type, fact.row)),
        )
      : el("code", {}, key);
    const remove = () => {
      keep(collected().filter((other) => other.join("\0") !== cells.join("\0")));
      say("Removed.");
    };
    return el(
      "tr",
      {},
      el("td", {}, label),
      el("td", {}, TYPES[type]?.name ?? type),
      el("td", {}, action === "edit" ? [`${field} is `, el("bdi", {}, value)] : action),
      el("td", {}, el("bdi", {}, reviewer)),
      el("td", {}, el("bdi", {}, reason)),
      el("td", {}, el("button", { type: "button", "aria-label": "Remove this row", onclick: remove }, "×")),
    );
  }
}

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "corrections.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
