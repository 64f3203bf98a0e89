// One fact: what it says, all its evidence, what else is known of the same pair.

import { count, el, share, words } from "./dom.js";
import { TYPES, grouped } from "./model.js";
import { address, changed, factAddress } from "./address.js";
import { passage, source } from "./excerpt.js";
import { correct } from "./correction.js";

/** The contents of the panel for a fact. `neighbours` are the addresses of the facts before and after it. */
export function factPanel(model, type, row, neighbours) {
  const passages = model.evidence[type][row];
  const byDoc = grouped(passages, (at) => model.tables.evidence.doc[at]);
  const key = model.key(type, row);
  return [
    el(
      "div",
      { class: "panel-head" },
      el("p", { class: "kicker" }, TYPES[type].name),
      el(
        "nav",
        { "aria-label": "Facts before and after" },
        neighbours.before &&
          el("a", { href: neighbours.before, "aria-label": "Fact before", "aria-keyshortcuts": "k" }, "‹"),
        neighbours.after &&
          el("a", { href: neighbours.after, "aria-label": "Next fact", "aria-keyshortcuts": "j" }, "›"),
        el("a", { href: changed({ fact: null }), class: "close", "aria-label": "Close (Escape)" }, "×"),
      ),
    ),
    el("h2", { tabindex: "-1" }, el("bdi", {}, model.label(type, row))),
    el(
      "dl",
      { class: "values" },
      values(model, type, row).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
    ),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "button", onclick: () => correct(model, type, row) }, "Accept, reject or edit …"),
      el("code", { class: "key", title: "key of this fact" }, key),
    ),
    el("h3", {}, `Evidence: ${count(passages.length, "passage")} on ${count(byDoc.size, "page")}`),
    [...byDoc].map(([doc, found]) =>
      el(
        "section",
        { class: "from-page" },
        el("h4", {}, source(model, doc)),
        found.map((at) => passage(model, at, { page: false })),
      ),
    ),
    passages.length === 0 && el("p", {}, "No evidence stands in the tables."),
    related(model, type, row),
  ];
}

function values(model, type, row) {
  const table = model.tables[TYPES[type].table];
  const made = {
    partnership: () => [
      ["Kind", words(table.kind[row])],
      ["Status", words(table.status[row])],
      ["Founded", table.founded[row] ?? "unknown"],
      ["Places", [place(model, table.place_a_id[row]), " and ", place(model, table.place_b_id[row])]],
      ...(table.conflict[row] === null
        ? []
        : [
            [
              "Conflict",
              el(
                "a",
                {
                  class: "conflict",
                  href: address("conflicts", { place: table.place_a_id[row], q: table.place_b[row] }),
                },
                table.conflict[row],
              ),
            ],
          ]),
    ],
    founding_date: () => [
      ["Date", table.date[row]],
      ["Event", words(table.event[row])],
      [
        "Basis",
        table.basis[row] === "derived" ? "derived (counted back from a jubilee)" : words(table.basis[row]),
      ],
      ["Chosen", table.chosen[row] ? "yes, it stands for the founding" : "no"],
    ],
    mayor: () => [
      ["Person", el("bdi", {}, table.person[row])],
      ["Role", words(table.role[row])],
      ["Place", place(model, table.place_id[row])],
      [
        "Seen",
        table.seen_from[row] === null
          ? "at no known date"
          : [...new Set([table.seen_from[row], table.seen_to[row]])].filter(Boolean).join(" to "),
      ],
    ],
    theme: () => [
      ["Theme", words(table.theme[row])],
      ["About", el("bdi", {}, model.themeScope(row))],
    ],
  }[type]();
  made.push(["Confidence", share(table.confidence[row])]);
  if (table.provenance) made.push(["Provenance", words(table.provenance[row] ?? "")]);
  for (const name of ["reviewer", "reason"])
    if (table[name]?.[row]) made.push([words(name), table[name][row]]);
  return made;
}

function place(model, placeId) {
  const row = model.places.get(placeId);
  const country = row === undefined ? null : model.tables.places.country[row];
  return [
    el("a", { href: address("map", { town: placeId }) }, el("bdi", {}, model.placeName(placeId))),
    country && ` (${country})`,
  ];
}

function related(model, type, row) {
  const pair = model.pairOf(type, row);
  if (pair === null) return null;
  const { founding_dates: dates, themes } = model.tables;
  const link = (kind, other, text) =>
    el("li", {}, el("a", { href: factAddress(model, kind, other) }, el("bdi", {}, text)));
  return [
    type !== "partnership" && [
      el("h3", {}, "Partnership"),
      el("ul", {}, link("partnership", pair, model.pairName(pair))),
    ],
    model.datesOfPair[pair].length > 0 && [
      el("h3", {}, "Dates of this partnership"),
      el(
        "ul",
        {},
        model.datesOfPair[pair].map((at) =>
          link(
            "founding_date",
            at,
            `${dates.date[at]}, ${words(dates.event[at])}${dates.basis[at] === "derived" ? ", derived" : ""}${dates.chosen[at] ? " (chosen)" : ""}`,
          ),
        ),
      ),
    ],
    model.themesOfPair[pair].length > 0 && [
      el("h3", {}, "Themes of this partnership"),
      el(
        "ul",
        {},
        model.themesOfPair[pair].map((at) => link("theme", at, words(themes.theme[at]))),
      ),
    ],
  ];
}
