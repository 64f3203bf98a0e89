// What map and network share: the filters of partnerships, a field to find a town, the legend, one town's bonds.

import { count, el, replace, words } from "./dom.js";
import { address, changed, factAddress, go, readAddress } from "./address.js";
import { filterBar, matching } from "./filters.js";

export const KINDS = ["twin", "friendship", "cooperation", "sponsorship"];
const LISTED = 200;

/** Base of a view that draws the partnerships which the filters let through. */
export class PictureView {
  constructor(root, model, spec, title) {
    Object.assign(this, { model, spec });
    this.bar = filterBar(spec, "partnerships", true);
    this.summary = el("p", { class: "summary" });
    this.side = el("div", { class: "town" });
    this.box = el("div", { class: "drawing" });
    root.append(
      el("h1", { tabindex: "-1" }, title),
      this.bar.element,
      this.summary,
      el("div", { class: "picture" }, this.box, this.side),
    );
  }

  update() {
    const { params } = readAddress();
    const asked = new URLSearchParams(params);
    asked.delete("town");
    this.bar.update();
    if (this.shown !== asked.toString()) {
      this.shown = asked.toString();
      this.rows = matching(this.spec, params);
      this.show(this.rows);
    }
    this.showTown(params.get("town"));
  }

  /** The towns of some partnerships, with their number of bonds, and the bonds themselves. */
  graph(rows) {
    const { partnerships } = this.model.tables;
    const towns = new Map();
    const town = (id, name) => {
      if (!towns.has(id)) towns.set(id, { id, name, degree: 0 });
      towns.get(id).degree += 1;
      return towns.get(id);
    };
    const bonds = rows.map((row) => ({
      row,
      kind: partnerships.kind[row],
      source: town(partnerships.place_a_id[row], partnerships.place_a[row]),
      target: town(partnerships.place_b_id[row], partnerships.place_b[row]),
    }));
    return { towns: [...towns.values()], bonds };
  }

  showTown(id) {
    const { partnerships } = this.model.tables;
    const row = this.model.places.get(id);
    const bonds =
      row === undefined
        ? []
        : this.rows.filter(
            (pair) => partnerships.place_a_id[pair] === id || partnerships.place_b_id[pair] === id,
          );
    const other = (pair) =>
      partnerships.place_a_id[pair] === id ? partnerships.place_b[pair] : partnerships.place_a[pair];
    const otherId = (pair) =>
      partnerships.place_a_id[pair] === id ? partnerships.place_b_id[pair] : partnerships.place_a_id[pair];
    this.scene.highlight(row === undefined ? null : id, new Set(bonds.map(otherId)));
    this.chosen(row === undefined ? null : id);
    if (row === undefined)
      return replace(
        this.side,
        this.finder(),
        this.legend(),
        el(
          "p",
          { class: "faint" },
          "Choose a town in the picture or by its name. Arrow keys, + and − move the picture.",
        ),
      );
    replace(
      this.side,
      this.finder(),
      el("h2", { tabindex: "-1" }, el("bdi", {}, this.model.placeName(id))),
      el(
        "p",
        {},
        `${count(bonds.length, "partnership")} · `,
        el("a", { href: address("partnerships", { place: id }) }, "as a table"),
        " · ",
        el("a", { href: changed({ town: null }) }, "close"),
      ),
      el(
        "ul",
        { class: "bonds" },
        bonds
          .slice(0, LISTED)
          .map((pair) =>
            el(
              "li",
              {},
              el("a", { href: factAddress(this.model, "partnership", pair) }, el("bdi", {}, other(pair))),
              el(
                "span",
                { class: "faint" },
                ` ${words(partnerships.kind[pair])}${partnerships.founded[pair] === null ? "" : `, ${partnerships.founded[pair]}`}${partnerships.status[pair] === "active" ? "" : `, ${words(partnerships.status[pair])}`}`,
              ),
            ),
          ),
      ),
      this.legend(),
    );
  }

  /** A hook for what else changes with the chosen town. */
  chosen() {}

  finder() {
    const names = new Map();
    for (const { id, name } of this.towns ?? []) if (!names.has(name)) names.set(name, id);
    const options = el("datalist", { id: "towns" });
    for (const name of [...names.keys()].sort((a, b) => a.localeCompare(b))) {
      const option = el("option");
      option.value = name;
      options.append(option);
    }
    const input = el("input", {
      type: "text",
      list: "towns",
      autocomplete: "off",
      onchange: () => {
        const id = names.get(input.value);
        input.setCustomValidity(id || !input.value ? "" : "No such town in the picture");
        if (id) go(changed({ town: id }));
        else input.reportValidity();
      },
    });
    return el("label", { class: "finder" }, el("span", {}, "Find a town"), input, options);
  }

  legend() {
    return el(
      "ul",
      { class: "kinds", "aria-label": "Colours" },
      KINDS.map((kind) => el("li", { class: `kind-${kind}` }, kind)),
    );
  }
}
