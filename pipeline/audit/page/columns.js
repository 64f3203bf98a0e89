// Columns, facets and cells that several tables share.

import { el, share, words } from "./dom.js";

const LANGUAGES = new Map([
  ["de", "German"],
  ["en", "English"],
]);

/** The name of a language by its code. */
export function language(code) {
  return LANGUAGES.get(code) ?? code;
}

/** A confidence with a bar of its length. */
export function confidenceCell(value) {
  if (value === null) return el("span", { class: "faint", title: "nobody counted" }, "–");
  const bar = el("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", value);
  return el("span", { class: "confidence" }, share(value), bar);
}

/** A value of a few, with a class to colour it by. */
export function tag(value, kind = "") {
  return value === null ? "" : el("span", { class: `tag ${kind}` }, words(value));
}

/** A column: `value` is what it sorts by, `cell` what it shows, if that is something else. */
export function column(id, label, value, cell = null, more = {}) {
  return { id, label, value, cell: cell ?? ((row) => value(row) ?? ""), ...more };
}

/** Values that a table can be filtered by; a row may have several. */
export function facet(id, label, of, more = {}) {
  return { id, label, of, show: words, ...more };
}

/** A range of confidence to filter by. */
export function confidenceRange(confidence) {
  const of = (row) => (confidence[row] === null ? null : [confidence[row], confidence[row]]);
  return { id: "confidence", label: "Confidence", min: 0, max: 1, step: "any", of };
}
