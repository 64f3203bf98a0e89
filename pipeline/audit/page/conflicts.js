// What pages disagree about, side by side: a column for each date, kind or status, with the words for it.

import { count, el, number, replace, say, words } from "./dom.js";
import { changed, factAddress, go, readAddress } from "./address.js";
import { filterBar, matching } from "./filters.js";
import { passage } from "./excerpt.js";
import { grouped } from "./model.js";

const SIZE = 20;

export class ConflictsView {
  constructor(root, model, specs) {
    this.model = model;
    const facets = specs.partnerships.facets.filter((facet) =>
      ["conflict", "kind", "status", "place"].includes(facet.id),
    );
    this.spec = { ...specs.partnerships, facets, ranges: [] };
    this.bar = filterBar(this.spec, "conflicts");
    this.summary = el("p", { class: "summary" });
    this.list = el("div", { class: "conflicts" });
    this.pager = el("nav", { class: "pager", "aria-label": "Pages of conflicts" });
    root.append(
      el("h1", { tabindex: "-1" }, "Conflicts"),
      el(
        "p",
        {},
        "Partnerships about which pages disagree. Nothing was dropped: all dates are kept, one is chosen.",
      ),
      this.bar.element,
      this.summary,
      this.list,
      this.pager,
    );
  }

  update() {
    const { params } = readAddress();
    const { conflict } = this.model.tables.partnerships;
    const rows = matching(this.spec, params).filter((row) => conflict[row] !== null);
    const pages = Math.max(1, Math.ceil(rows.length / SIZE));
    const page = Math.min(Math.max(1, Math.trunc(Number(params.get("page"))) || 1), pages);
    this.bar.update();
    this.summary.textContent = count(rows.length, "partnership");
    say(this.summary.textContent);
    replace(
      this.list,
      rows.slice((page - 1) * SIZE, page * SIZE).map((row) => this.card(row)),
    );
    if (!rows.length) replace(this.list, el("p", { class: "empty" }, "No conflict."));
    const step = (to, text, label) =>
      el(
        "button",
        {
          type: "button",
          disabled: to < 1 || to > pages,
          "aria-label": label,
          onclick: () => {
            go(changed({ page: to }), false);
            this.list.scrollIntoView();
          },
        },
        text,
      );
    replace(
      this.pager,
      pages > 1 && [
        step(page - 1, "‹", "Previous page"),
        el("span", {}, `${number(page)} of ${number(pages)}`),
        step(page + 1, "›", "Next page"),
      ],
    );
  }

  card(row) {
    const { partnerships } = this.model.tables;
    const parts = partnerships.conflict[row].split("; ").map((part) => {
      const [about, ...values] = part.split(": ");
      return { about, values: values.join(": ").split(", ") };
    });
    return el(
      "article",
      {},
      el(
        "h2",
        {},
        el(
          "a",
          { href: factAddress(this.model, "partnership", row) },
          el("bdi", {}, this.model.pairName(row)),
        ),
      ),
      parts.map(({ about, values }) =>
        el(
          "section",
          {},
          el("h3", {}, `${about}: `, values.join(" or ")),
          el(
            "div",
            { class: "sides" },
            about === "founded" ? this.dates(row, values) : this.claims(row, about, values),
          ),
        ),
      ),
    );
  }

  /** A column for each of the dates that disagree, the chosen one first. */
  dates(pair, values) {
    const { founding_dates: dates } = this.model.tables;
    const rows = this.model.datesOfPair[pair].filter((row) => values.includes(dates.date[row]));
    rows.sort((a, b) => Number(dates.chosen[b]) - Number(dates.chosen[a]));
    return rows.map((row) =>
      el(
        "div",
        { class: `side${dates.chosen[row] ? " chosen" : ""}` },
        el(
          "h4",
          {},
          el("a", { href: factAddress(this.model, "founding_date", row) }, dates.date[row]),
          ` ${words(dates.event[row])}, ${dates.basis[row]}${dates.chosen[row] ? " · chosen" : ""}`,
        ),
        this.model.evidence.founding_date[row].map((at) => passage(this.model, at)),
      ),
    );
  }

  /** A column for each value if evidence tells what its page states, else one for each page. */
  claims(pair, about, values) {
    const { documents, evidence, partnerships } = this.model.tables;
    const passages = this.model.evidence.partnership[pair];
    const stated = evidence[about];
    if (stated) {
      const known = values.filter((value) => passages.some((at) => stated[at] === value));
      return known.map((value) =>
        el(
          "div",
          { class: `side${partnerships[about][pair] === value ? " chosen" : ""}` },
          el("h4", {}, words(value), partnerships[about][pair] === value ? " · chosen" : ""),
          passages.filter((at) => stated[at] === value).map((at) => passage(this.model, at)),
        ),
      );
    }
    return [...grouped(passages, (at) => evidence.doc[at])].map(([doc, found]) =>
      el(
        "div",
        { class: "side" },
        el(
          "h4",
          {},
          el("bdi", {}, this.model.docTitle(doc)),
          documents.published[doc] === null ? "" : `, ${documents.published[doc]}`,
        ),
        found.map((at) => passage(this.model, at)),
      ),
    );
  }
}
