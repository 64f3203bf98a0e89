// The first view: how much there is, how sure it is, and where to look first.

import { count, el, number, share, words } from "./dom.js";
import { TYPES } from "./model.js";
import { address, factAddress } from "./address.js";
import { language } from "./columns.js";
import { issueKinds } from "./sources.js";

const BANDS = [
  [0.95, 1.001, ".95 and more"],
  [0.9, 0.95, ".90 to .95"],
  [0.8, 0.9, ".80 to .90"],
  [0.7, 0.8, ".70 to .80"],
  [0, 0.7, "below .70"],
];
const VIEWS = { partnership: "partnerships", founding_date: "dates", mayor: "mayors", theme: "themes" };

export class OverviewView {
  constructor(root, model) {
    const { counts } = model;
    const facts = Object.values(TYPES).reduce((sum, { table }) => sum + counts[table], 0);
    const tiles = [
      ...Object.entries(TYPES).map(([type, { table, name }]) => [
        VIEWS[type],
        counts[table],
        counts[table] === 1 ? name : `${name}s`,
      ]),
      ["pages", counts.documents, "pages"],
      ["places", counts.places, "places"],
      ["evidence", counts.evidence, "passages"],
    ];
    root.append(
      el("h1", { tabindex: "-1" }, `${count(facts, "fact")} from ${count(counts.documents, "page")}`),
      el(
        "ul",
        { class: "tiles" },
        tiles.map(([view, value, label]) =>
          el("li", {}, el("a", { href: address(view) }, el("strong", {}, number(value)), ` ${label}`)),
        ),
      ),
      el(
        "div",
        { class: "overview" },
        el(
          "section",
          {},
          el("h2", {}, "Where to look first"),
          el(
            "ul",
            { class: "issues" },
            first(model).map(([amount, text, link, serious]) =>
              el(
                "li",
                { class: amount === 0 ? "none" : serious ? "serious" : null },
                el("a", { href: link }, el("strong", {}, number(amount)), ` ${text}`),
              ),
            ),
          ),
        ),
        el("section", {}, el("h2", {}, "Confidence"), confidence(model)),
        el("section", {}, el("h2", {}, "Partnerships by kind and status"), kinds(model)),
        el("section", {}, el("h2", {}, "Pages by language"), languages(model)),
        el("section", {}, el("h2", {}, "Rules that read most"), rules(model)),
        issues(model),
      ),
    );
  }

  update() {}
}

function tally(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function where(values, test) {
  return values.reduce((sum, value) => sum + (test(value) ? 1 : 0), 0);
}

/** [amount, words, address, whether something is broken] */
function first(model) {
  const { partnerships, founding_dates: dates, documents, places } = model.tables;
  const bare = Object.keys(TYPES).flatMap((type) =>
    model.evidence[type].flatMap((list, row) => (list.length ? [] : [[type, row]])),
  );
  const low = where(partnerships.confidence, (value) => value !== null && value < 0.7);
  const found = [
    [
      where(documents.status, (status) => status === "rejected"),
      "pages rejected",
      address("pages", { status: "rejected" }),
    ],
    [
      where(partnerships.conflict, (text) => text !== null),
      "partnerships with conflicts",
      address("conflicts"),
    ],
    [
      low,
      "partnerships with a confidence below .70",
      address("partnerships", { confidence_to: 0.699, sort: "confidence" }),
    ],
    [
      where(dates.basis, (basis) => basis === "derived"),
      "dates counted back from a jubilee",
      address("dates", { basis: "derived" }),
    ],
    [
      where(partnerships.founded, (date) => date === null),
      "partnerships without a founding date",
      address("partnerships", { sort: "founded" }),
    ],
    [
      where(places.geonames_id, (id) => id === null),
      "places that the gazetteer lacks",
      address("places", { linked: "not linked" }),
    ],
  ];
  if (model.has("reviews", "outcome")) {
    const stale = where(model.tables.reviews.outcome, (outcome) => outcome === "stale");
    found.push([stale, "corrections that fit nothing any more", address("reviews", { outcome: "stale" })]);
  }
  const lost = Object.keys(model.misplaced).length;
  if (lost)
    found.unshift([
      lost,
      "quotes that do not stand in their text",
      address("evidence", { placed: "not found" }),
      true,
    ]);
  if (bare.length)
    found.unshift([bare.length, "facts without evidence", factAddress(model, ...bare[0]), true]);
  return found;
}

function grid(title, heads, rows) {
  return el(
    "div",
    { class: "scroll" },
    el(
      "table",
      { class: "grid" },
      el("caption", { class: "unseen" }, title),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heads.map((head) => el("th", { scope: "col" }, head)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map(([name, ...cells]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, name),
            cells.map((cell) => el("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

function linked(amount, target) {
  return amount === 0 ? el("span", { class: "faint" }, "0") : el("a", { href: target }, number(amount));
}

function confidence(model) {
  const rows = BANDS.map(([low, high, name]) => [
    name,
    ...Object.entries(TYPES).map(([type, { table }]) => {
      const amount = where(
        model.tables[table].confidence,
        (value) => value !== null && value >= low && value < high,
      );
      return linked(
        amount,
        address(VIEWS[type], {
          confidence_from: low || null,
          confidence_to: high > 1 ? null : (high - 0.001).toFixed(3),
        }),
      );
    }),
  ]);
  rows.push([
    "mean",
    ...Object.values(TYPES).map(({ table }) => {
      const known = model.tables[table].confidence.filter((value) => value !== null);
      return known.length ? share(known.reduce((sum, value) => sum + value, 0) / known.length) : "–";
    }),
  ]);
  return grid("Facts by confidence", ["", ...Object.values(TYPES).map(({ name }) => `${name}s`)], rows);
}

function kinds(model) {
  const { kind, status } = model.tables.partnerships;
  const statuses = tally(status).map(([value]) => value);
  const amount = (wanted, state) =>
    kind.reduce((sum, value, row) => sum + (value === wanted && status[row] === state ? 1 : 0), 0);
  return grid(
    "Partnerships by kind and status",
    ["", ...statuses.map(words)],
    tally(kind).map(([value]) => [
      words(value),
      ...statuses.map((state) =>
        linked(amount(value, state), address("partnerships", { kind: value, status: state })),
      ),
    ]),
  );
}

function languages(model) {
  const { lang, status } = model.tables.documents;
  const rows = tally(lang.filter((code) => code !== null)).map(([code, pages]) => [
    language(code),
    linked(pages, address("pages", { lang: code })),
    ...Object.keys(TYPES).map((type) =>
      linked(
        where(model.langs[type], (list) => list.includes(code)),
        address(VIEWS[type], { lang: code }),
      ),
    ),
  ]);
  const unread = where(status, (value) => value === "rejected");
  if (unread)
    rows.push(["not read", linked(unread, address("pages", { status: "rejected" })), "", "", "", ""]);
  return grid(
    "Pages and facts by language",
    ["", "pages", ...Object.values(TYPES).map(({ name }) => `${name}s`)],
    rows,
  );
}

function rules(model) {
  const top = tally(model.tables.evidence.rule).slice(0, 8);
  return grid(
    "Passages by rule",
    ["", "passages"],
    top.map(([rule, amount]) => [el("code", {}, rule), linked(amount, address("evidence", { rule }))]),
  );
}

/** Pages with something to know about them, rejected ones with their cause. */
function issues(model) {
  const { documents } = model.tables;
  const rows = documents.issue.flatMap((issue, row) => (issue === null ? [] : [row]));
  if (!rows.length)
    return el(
      "section",
      {},
      el("h2", {}, "Issues of pages"),
      el("p", { class: "faint" }, "All pages could be read, without anything to note."),
    );
  const kinds = tally(rows.flatMap((row) => issueKinds(documents.issue[row])));
  const rejected = rows.filter((row) => documents.status[row] === "rejected").slice(0, 10);
  return el(
    "section",
    {},
    el("h2", {}, "Issues of pages"),
    grid(
      "Pages by issue",
      ["", "pages"],
      kinds.map(([kind, amount]) => [kind, linked(amount, address("pages", { issue: kind }))]),
    ),
    rejected.length > 0 && [
      el("h3", {}, "Rejected"),
      el(
        "dl",
        { class: "rejected" },
        rejected.map((row) => [
          el("dt", {}, el("bdi", {}, documents.source[row])),
          el("dd", {}, el("bdi", {}, documents.issue[row])),
        ]),
      ),
    ],
  );
}
