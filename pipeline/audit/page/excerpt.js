// Quotes in their place: the words around a passage, and whole texts with many passages marked.

import { el, outward, put, share, words } from "./dom.js";
import { address } from "./address.js";
import { TYPES, grouped } from "./model.js";

const AROUND = 160;

/** A piece of evidence with the words around it, its page and its rule. */
export function passage(model, at, { page = true } = {}) {
  const { evidence, documents } = model.tables;
  const doc = evidence.doc[at];
  const target = address("page", {
    doc: documents.doc_id[doc],
    fact: `${evidence.fact_type[at]}:${model.key(evidence.fact_type[at], evidence.fact[at])}`,
    at: evidence.start[at],
  });
  const stated = ["kind", "status"]
    .filter((name) => evidence[name]?.[at])
    .map((name) => words(evidence[name][at]));
  return el(
    "figure",
    { class: "passage" },
    el("blockquote", {}, at in model.misplaced ? lost(model, at) : inPlace(model, at)),
    el(
      "figcaption",
      {},
      page && source(model, doc),
      page && " · ",
      stated.length > 0 && [`read as ${stated.join(", ")} · `],
      "rule ",
      el("code", {}, evidence.rule[at]),
      ` · confidence ${share(evidence.confidence[at])}`,
      at in model.misplaced ? null : [" · ", el("a", { href: target }, "in the page")],
    ),
  );
}

/** The page that a document was, as a link into this page and, where it has one, to its own address. */
export function source(model, doc) {
  const { documents } = model.tables;
  const parts = [
    el(
      "a",
      { href: address("page", { doc: documents.doc_id[doc] }), class: "source" },
      el("bdi", {}, documents.source[doc]),
    ),
  ];
  if (documents.published[doc] !== null) parts.push(`, ${documents.published[doc]}`);
  if (documents.url[doc] !== null) parts.push(", ", outward(documents.url[doc], documents.url[doc]));
  return parts;
}

function lost(model, at) {
  return [
    el("mark", { class: "lost" }, el("bdi", {}, model.quote(at))),
    el("strong", {}, " These words do not stand at this place of the text."),
  ];
}

function inPlace(model, at) {
  const { doc, start, end } = model.tables.evidence;
  const text = model.text(doc[at]);
  const [from, to] = [cut(text, start[at] - AROUND, 1, start[at]), cut(text, end[at] + AROUND, -1, end[at])];
  return [
    from > 0 && "… ",
    lines(text.slice(from, start[at])),
    el("mark", {}, lines(text.slice(start[at], end[at]))),
    lines(text.slice(end[at], to)),
    to < text.length && " …",
  ];
}

/** Text as it stands, each run in an island of its own, so that its direction stays inside. */
function lines(text) {
  const made = el("bdi");
  put(made, text);
  return made;
}

/** Move a cut to the next white space towards the passage, and never past it. */
function cut(text, offset, step, limit) {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  let found = offset;
  while (found !== limit && !/\s/.test(text[found])) found += step;
  while (found !== limit && /\s/.test(text[step > 0 ? found : found - 1])) found += step;
  return found === limit ? offset + (isLow(text, offset) ? step : 0) : found;
}

function isLow(text, offset) {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/**
 * A whole text, cut where any passage begins or ends. Each piece that carries facts is a link that shows them.
 * `chosen` are the passages to stand out; `hidden` the types of facts that are not marked.
 */
export function marked(model, doc, passages, chosen, hidden, link) {
  const { evidence } = model.tables;
  const text = model.text(doc);
  const shown = passages.filter((at) => !hidden.has(evidence.fact_type[at]));
  const opens = grouped(shown, (at) => evidence.start[at]);
  const closes = grouped(shown, (at) => evidence.end[at]);
  const borders = [...new Set([0, ...opens.keys(), ...closes.keys(), text.length])].sort((a, b) => a - b);
  const made = el("div", { class: "text", lang: model.tables.documents.lang[doc] });
  const live = new Set();
  borders.slice(0, -1).forEach((from, place) => {
    for (const at of closes.get(from) ?? []) live.delete(at);
    for (const at of opens.get(from) ?? []) live.add(at);
    const piece = text.slice(from, borders[place + 1]);
    if (live.size === 0 || !piece.trim()) return put(made, piece);
    const types = Object.keys(TYPES).filter((type) =>
      [...live].some((at) => evidence.fact_type[at] === type),
    );
    const strong = [...live].some((at) => chosen.has(at));
    made.append(
      el(
        "mark",
        { class: `${types.join(" ")}${strong ? " chosen" : ""}` },
        el(
          "a",
          { href: link(from), "data-from": from, title: types.map((type) => TYPES[type].name).join(", ") },
          lines(piece),
        ),
      ),
    );
  });
  return made;
}
