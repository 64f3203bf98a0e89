// What each table shows, by which values it can be filtered, and which words of a row a search looks at.

import { el, words } from "./dom.js";
import { TYPES } from "./model.js";
import { factAddress } from "./address.js";
import { column, confidenceCell, confidenceRange, facet, language, tag } from "./columns.js";
import { evidence, extra, pages, places } from "./sources.js";

/** The specification of every table, by the name of its view. */
export function specs(model) {
  const made = {
    partnerships: partnerships(model),
    dates: dates(model),
    mayors: mayors(model),
    themes: themes(model),
    pages: pages(model),
    places: places(model),
    evidence: evidence(model),
  };
  for (const name of Object.keys(model.tables)) {
    if (!DECLARED.has(name)) made[name] ??= extra(model, name);
  }
  for (const [view, spec] of Object.entries(made)) spec.view = view;
  return made;
}

const DECLARED = new Set([
  "documents",
  "places",
  "partnerships",
  "founding_dates",
  "mayors",
  "themes",
  "evidence",
]);

function factSpec(model, type, title, columns, facets, text) {
  const name = TYPES[type].table;
  const table = model.tables[name];
  const langs = model.langs[type];
  const [first, ...rest] = columns;
  const link = (row) =>
    el("a", { href: factAddress(model, type, row), class: "row-link" }, el("bdi", {}, first.value(row)));
  const tail = [
    column(
      "lang",
      "Language",
      (row) => langs[row].join(", "),
      (row) => langs[row].map(language).join(", "),
    ),
    column(
      "confidence",
      "Confidence",
      (row) => table.confidence[row],
      (row) => confidenceCell(table.confidence[row]),
      { number: true },
    ),
  ];
  const more = [facet("lang", "Language", (row) => langs[row], { show: language })];
  if (model.has(name, "provenance")) {
    tail.push(
      column(
        "provenance",
        "Provenance",
        (row) => table.provenance[row],
        (row) => tag(table.provenance[row], table.provenance[row]),
      ),
    );
    more.push(facet("provenance", "Provenance", (row) => [table.provenance[row]]));
  }
  return {
    title,
    type,
    table: name,
    size: model.counts[name],
    columns: [{ ...first, cell: link }, ...rest, ...tail],
    facets: [...facets, ...more],
    ranges: [confidenceRange(table.confidence)],
    text,
    open: (row) => factAddress(model, type, row),
  };
}

/** What the pages of a pair disagree about: "founded", "kind", "status". */
export function conflictKinds(text) {
  return text === null ? [] : text.split("; ").map((part) => part.split(":")[0]);
}

function pairFacets(model, pairOf) {
  const pairs = model.tables.partnerships;
  const of = (read) => (row) => {
    const pair = pairOf(row);
    return pair === null ? [] : read(pair);
  };
  return {
    kind: facet(
      "kind",
      "Kind",
      of((pair) => [pairs.kind[pair]]),
    ),
    status: facet(
      "status",
      "Status",
      of((pair) => [pairs.status[pair]]),
    ),
    theme: facet(
      "theme",
      "Theme",
      of((pair) => model.themesOfPair[pair].map((row) => model.tables.themes.theme[row])),
    ),
    conflict: facet(
      "conflict",
      "Conflict",
      of((pair) =>
        pairs.conflict[pair] === null ? ["none"] : ["any", ...conflictKinds(pairs.conflict[pair])],
      ),
    ),
    place: facet(
      "place",
      "Place",
      of((pair) => [pairs.place_a_id[pair], pairs.place_b_id[pair]]),
      { hidden: true, show: (id) => model.placeName(id) },
    ),
  };
}

function pairText(model, pair) {
  if (pair === null) return "";
  const { partnerships, places } = model.tables;
  return [partnerships.place_a_id[pair], partnerships.place_b_id[pair]]
    .map((id) => {
      const row = model.places.get(id);
      return row === undefined
        ? id
        : `${places.name[row]} ${places.surface_forms[row] ?? ""} ${places.country[row] ?? ""}`;
    })
    .join(" ");
}

function partnerships(model) {
  const table = model.tables.partnerships;
  const own = pairFacets(model, (row) => row);
  const drawn = (row) =>
    model.position(table.place_a_id[row]) && model.position(table.place_b_id[row])
      ? "on the map"
      : "not on the map";
  const country = facet(
    "country",
    "Country",
    (row) => [...new Set([table.country_a[row], table.country_b[row]].filter(Boolean))],
    { show: String },
  );
  const spec = factSpec(
    model,
    "partnership",
    "Partnerships",
    [
      column("place_a", "Partnership", (row) => model.pairName(row)),
      column(
        "countries",
        "Countries",
        (row) => `${table.country_a[row] ?? "?"} – ${table.country_b[row] ?? "?"}`,
        (row) =>
          el("span", { class: "faint" }, `${table.country_a[row] ?? "?"} – ${table.country_b[row] ?? "?"}`),
      ),
      column(
        "kind",
        "Kind",
        (row) => table.kind[row],
        (row) => tag(table.kind[row], `kind-${table.kind[row]}`),
      ),
      column(
        "status",
        "Status",
        (row) => table.status[row],
        (row) => tag(table.status[row], `status-${table.status[row]}`),
      ),
      column(
        "founded",
        "Founded",
        (row) => table.founded_earliest[row],
        (row) => table.founded[row] ?? "",
        { compact: true },
      ),
      column(
        "conflict",
        "Conflict",
        (row) => table.conflict[row],
        (row) => (table.conflict[row] === null ? "" : el("span", { class: "conflict" }, table.conflict[row])),
      ),
      column("documents", "Pages", (row) => table.documents[row], null, { number: true }),
    ],
    [
      own.kind,
      own.status,
      own.theme,
      own.conflict,
      own.place,
      country,
      facet("drawn", "Map", (row) => [drawn(row)], { hidden: true }),
    ],
    (row) => `${pairText(model, row)} ${table.founded[row] ?? ""} ${table.conflict[row] ?? ""}`,
  );
  spec.ranges.push({
    id: "founded",
    label: "Founded",
    min: null,
    max: null,
    step: 1,
    of: (row) => years(table.founded_earliest[row], table.founded_latest[row]),
  });
  return spec;
}

/** The first and the last year of a span of days, or null. */
export function years(earliest, latest) {
  return earliest === null ? null : [Number(earliest.slice(0, 4)), Number(latest.slice(0, 4))];
}

function dates(model) {
  const table = model.tables.founding_dates;
  const pair = (row) => model.pairOf("founding_date", row);
  const own = pairFacets(model, pair);
  const spec = factSpec(
    model,
    "founding_date",
    "Founding dates",
    [
      column("pair", "Partnership", (row) => model.pairName(pair(row))),
      column(
        "date",
        "Date",
        (row) => table.date_earliest[row],
        (row) => table.date[row],
        { compact: true },
      ),
      column(
        "event",
        "Event",
        (row) => table.event[row],
        (row) => words(table.event[row]),
      ),
      column("basis", "Basis", (row) => table.basis[row]),
      column(
        "chosen",
        "Chosen",
        (row) => (table.chosen[row] ? "chosen" : "not chosen"),
        (row) => (table.chosen[row] ? "chosen" : ""),
      ),
    ],
    [
      facet("event", "Event", (row) => [table.event[row]]),
      facet("basis", "Basis", (row) => [table.basis[row]]),
      facet("chosen", "Chosen", (row) => [table.chosen[row] ? "chosen" : "not chosen"]),
      own.kind,
      own.status,
      own.theme,
      own.conflict,
      own.place,
    ],
    (row) => `${pairText(model, pair(row))} ${table.date[row]} ${table.event[row]}`,
  );
  spec.ranges.push({
    id: "founded",
    label: "Date",
    min: null,
    max: null,
    step: 1,
    of: (row) => years(table.date_earliest[row], table.date_latest[row]),
  });
  return spec;
}

function mayors(model) {
  const table = model.tables.mayors;
  return factSpec(
    model,
    "mayor",
    "Mayors",
    [
      column("person", "Person", (row) => table.person[row]),
      column(
        "role",
        "Role",
        (row) => table.role[row],
        (row) => words(table.role[row]),
      ),
      column("place", "Place", (row) => table.place[row]),
      column("country", "Country", (row) => table.country[row]),
      column("seen_from", "Seen from", (row) => table.seen_from[row]),
      column("seen_to", "Seen to", (row) => table.seen_to[row]),
    ],
    [
      facet("role", "Role", (row) => [table.role[row]]),
      facet("country", "Country", (row) => (table.country[row] ? [table.country[row]] : []), {
        show: String,
      }),
      facet("place", "Place", (row) => [table.place_id[row]], {
        hidden: true,
        show: (id) => model.placeName(id),
      }),
    ],
    (row) => `${table.person[row]} ${table.place[row]} ${table.country[row] ?? ""} ${words(table.role[row])}`,
  );
}

function themes(model) {
  const table = model.tables.themes;
  const pair = (row) => model.pairOf("theme", row);
  const own = pairFacets(model, pair);
  return factSpec(
    model,
    "theme",
    "Themes",
    [
      column("theme", "Theme", (row) => words(table.theme[row])),
      column("scope", "About", (row) => model.themeScope(row)),
    ],
    [
      facet("theme", "Theme", (row) => [table.theme[row]]),
      facet("scope", "About", (row) => [pair(row) === null ? "a town’s partnerships" : "one partnership"]),
      own.kind,
      own.status,
      own.conflict,
    ],
    (row) => `${words(table.theme[row])} ${model.themeScope(row)} ${pairText(model, pair(row))}`,
  );
}
