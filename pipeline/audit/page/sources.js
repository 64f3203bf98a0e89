// What the tables of pages, places and evidence show, and tables that this page knows nothing about.

import { el, outward, words } from "./dom.js";
import { address, factAddress } from "./address.js";
import { column, confidenceCell, confidenceRange, facet, language, tag } from "./columns.js";

/** Pages, rejected ones with their cause. */
export function pages(model) {
  const table = model.tables.documents;
  const facts = model.evidenceOfDoc.map(
    (list) =>
      new Set(list.map((at) => `${model.tables.evidence.fact_type[at]}:${model.tables.evidence.fact[at]}`))
        .size,
  );
  const target = (row) => address("page", { doc: table.doc_id[row] });
  const home = (row) =>
    table.home_place_id[row] === null ? null : model.placeName(table.home_place_id[row]);
  return {
    title: "Pages",
    table: "documents",
    size: model.counts.documents,
    columns: [
      column(
        "title",
        "Page",
        (row) => model.docTitle(row),
        (row) => el("a", { href: target(row), class: "row-link" }, el("bdi", {}, model.docTitle(row))),
      ),
      column("source", "Source", (row) => table.source[row]),
      column(
        "status",
        "Status",
        (row) => table.status[row],
        (row) => tag(table.status[row], `page-${table.status[row]}`),
      ),
      column(
        "lang",
        "Language",
        (row) => table.lang[row],
        (row) => (table.lang[row] === null ? "" : language(table.lang[row])),
      ),
      column("published", "Published", (row) => table.published[row]),
      column("home", "Home", home),
      column("chars", "Length", (row) => table.chars[row], null, { number: true }),
      column("facts", "Facts", (row) => facts[row], null, { number: true }),
      column("issue", "Issue", (row) => table.issue[row]),
    ],
    facets: [
      facet("status", "Status", (row) => [table.status[row]]),
      facet("lang", "Language", (row) => (table.lang[row] === null ? [] : [table.lang[row]]), {
        show: language,
      }),
      facet("issue", "Issue", (row) => issueKinds(table.issue[row])),
    ],
    ranges: [],
    text: (row) =>
      `${table.title[row] ?? ""} ${table.source[row]} ${table.url[row] ?? ""} ${home(row) ?? ""} ${table.issue[row] ?? ""}`,
    open: target,
  };
}

/** The kinds in "stage: kind: message | stage: kind: message". */
export function issueKinds(issue) {
  return issue === null
    ? ["none"]
    : [...new Set(issue.split(" | ").map((part) => part.split(": ").slice(0, 2).join(": ")))];
}

/** Places, with the names that they were seen under. */
export function places(model) {
  const table = model.tables.places;
  const target = (row) => address("map", { town: table.place_id[row] });
  return {
    title: "Places",
    table: "places",
    size: model.counts.places,
    columns: [
      column(
        "name",
        "Place",
        (row) => table.name[row],
        (row) => el("a", { href: target(row), class: "row-link" }, el("bdi", {}, table.name[row])),
      ),
      column("country", "Country", (row) => table.country[row]),
      column("feature", "Feature", (row) => table.feature[row]),
      column(
        "population",
        "Inhabitants",
        (row) => table.population[row],
        (row) => table.population[row]?.toLocaleString("en") ?? "",
        { number: true },
      ),
      column("partnerships", "Partnerships", (row) => model.pairsOfPlace[row].length, null, { number: true }),
      column(
        "forms",
        "Seen as",
        (row) => table.surface_forms[row],
        (row) => (table.surface_forms[row] ?? "").split("|").join(", "),
      ),
      column(
        "id",
        "Gazetteer",
        (row) => table.place_id[row],
        (row) =>
          /^\d+$/.test(table.geonames_id[row] ?? "")
            ? outward(
                `https://www.geonames.org/${table.geonames_id[row]}`,
                `GeoNames ${table.geonames_id[row]}`,
              )
            : el("span", { class: "faint" }, "not linked"),
      ),
    ],
    facets: [
      facet("linked", "Gazetteer", (row) => [table.geonames_id[row] === null ? "not linked" : "linked"]),
      facet("feature", "Feature", (row) => (table.feature[row] === null ? [] : [table.feature[row]])),
      facet("country", "Country", (row) => (table.country[row] === null ? [] : [table.country[row]]), {
        show: String,
      }),
    ],
    ranges: [],
    text: (row) =>
      `${table.name[row]} ${table.surface_forms[row] ?? ""} ${table.country[row] ?? ""} ${table.place_id[row]}`,
    open: target,
  };
}

/** Every passage, with the fact that rests on it. */
export function evidence(model) {
  const table = model.tables.evidence;
  const { documents } = model.tables;
  const label = (row) => model.label(table.fact_type[row], table.fact[row]);
  const target = (row) => factAddress(model, table.fact_type[row], table.fact[row]);
  return {
    title: "Evidence",
    table: "evidence",
    size: model.counts.evidence,
    columns: [
      column("fact", "Fact", label, (row) =>
        el("a", { href: target(row), class: "row-link" }, el("bdi", {}, label(row))),
      ),
      column("type", "Type", (row) => words(table.fact_type[row])),
      column(
        "quote",
        "Quote",
        (row) => model.quote(row),
        (row) => el("q", { class: "short" }, el("bdi", {}, model.quote(row))),
      ),
      column(
        "page",
        "Page",
        (row) => documents.source[table.doc[row]],
        (row) =>
          el(
            "a",
            { href: address("page", { doc: documents.doc_id[table.doc[row]], at: table.start[row] }) },
            el("bdi", {}, documents.source[table.doc[row]]),
          ),
      ),
      column(
        "rule",
        "Rule",
        (row) => table.rule[row],
        (row) => el("code", {}, table.rule[row]),
      ),
      column(
        "confidence",
        "Confidence",
        (row) => table.confidence[row],
        (row) => confidenceCell(table.confidence[row]),
        { number: true },
      ),
    ],
    facets: [
      facet("type", "Type", (row) => [table.fact_type[row]]),
      facet("rule", "Rule", (row) => [table.rule[row]], { show: String }),
      facet(
        "lang",
        "Language",
        (row) => (documents.lang[table.doc[row]] === null ? [] : [documents.lang[table.doc[row]]]),
        { show: language },
      ),
      facet("placed", "In its text", (row) => [row in model.misplaced ? "not found" : "found"]),
    ],
    ranges: [confidenceRange(table.confidence)],
    text: (row) => `${label(row)} ${model.quote(row)} ${documents.source[table.doc[row]]} ${table.rule[row]}`,
    open: target,
  };
}

/** A table that this page knows nothing about: all its columns, as they are. */
export function extra(model, name) {
  const table = model.tables[name];
  const columns = Object.keys(table);
  const few = columns.filter((id) => !/(^|_)(id|key|line)$/.test(id) && fewValues(table[id]));
  const value = (row, id) => (table[id][row] === null ? null : table[id][row]);
  return {
    title: name.charAt(0).toUpperCase() + words(name.slice(1)),
    table: name,
    size: model.counts[name],
    columns: columns.map((id) =>
      column(
        id,
        words(id),
        (row) => value(row, id),
        (row) => extraCell(model, id, table, row),
      ),
    ),
    facets: few.map((id) =>
      facet(id, words(id), (row) => (table[id][row] === null ? [] : [String(table[id][row])])),
    ),
    ranges: [],
    text: (row) => columns.map((id) => table[id][row] ?? "").join(" "),
    open: () => null,
  };
}

function fewValues(column) {
  const seen = new Set(column);
  return seen.size > 1 && seen.size <= Math.min(12, column.length / 2);
}

/** Keys of facts lead to them. */
function extraCell(model, id, table, row) {
  const value = table[id][row];
  if (value === null) return "";
  const type = table.fact_type?.[row];
  if ((id === "fact_id" || id === "fact_key") && type) {
    const found = model.find(`${type}:${value}`);
    if (found) return el("a", { href: factAddress(model, found.type, found.row) }, String(value));
  }
  return String(value);
}
