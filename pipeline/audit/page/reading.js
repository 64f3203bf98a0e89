// A whole page: its text with all facts marked, and the facts beside it.

import { count, el, outward, replace, say, share, words } from "./dom.js";
import { TYPES } from "./model.js";
import { changed, factAddress, readAddress } from "./address.js";
import { marked } from "./excerpt.js";

export class ReadingView {
  constructor(root, model) {
    this.model = model;
    this.root = root;
    this.hidden = new Set();
  }

  update() {
    const { params } = readAddress();
    const doc = this.model.docs.get(params.get("doc"));
    if (doc === undefined)
      return replace(
        this.root,
        el("h1", { tabindex: "-1" }, "No such page"),
        el("p", {}, el("a", { href: "#/pages" }, "All pages")),
      );
    if (this.doc !== doc) {
      this.doc = doc;
      this.passages = this.model.evidenceOfDoc[doc];
      this.build();
    }
    this.show(params);
  }

  build() {
    const { documents } = this.model.tables;
    const doc = this.doc;
    const facts = [
      ["Source", el("bdi", {}, documents.source[doc])],
      ["Address", documents.url[doc] === null ? null : outward(documents.url[doc], documents.url[doc])],
      ["Status", words(documents.status[doc])],
      ["Language", documents.lang[doc]],
      ["Published", documents.published[doc]],
      [
        "Home",
        documents.home_place_id[doc] === null
          ? null
          : el("bdi", {}, this.model.placeName(documents.home_place_id[doc])),
      ],
      ["Issue", documents.issue[doc]],
      [
        "SHA-256",
        documents.sha256[doc] === null ? null : el("code", { class: "key" }, documents.sha256[doc]),
      ],
    ].filter(([, value]) => value !== null);
    this.text = el("div", { class: "page-text" });
    this.list = el("div", { class: "page-facts" });
    replace(
      this.root,
      el("p", { class: "kicker" }, el("a", { href: "#/pages" }, "Pages")),
      el("h1", { tabindex: "-1" }, el("bdi", {}, this.model.docTitle(doc))),
      el(
        "dl",
        { class: "values" },
        facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
      ),
      this.model.text(doc) === null
        ? el("p", {}, "There is no text of this page.")
        : [this.legend(), el("div", { class: "columns" }, this.text, this.list)],
    );
  }

  legend() {
    const { evidence } = this.model.tables;
    const boxes = Object.entries(TYPES).map(([type, { name }]) => {
      const facts = new Set(
        this.passages.filter((at) => evidence.fact_type[at] === type).map((at) => evidence.fact[at]),
      );
      const box = el("input", {
        type: "checkbox",
        checked: !this.hidden.has(type),
        onchange: () => {
          if (box.checked) this.hidden.delete(type);
          else this.hidden.add(type);
          this.show(readAddress().params);
        },
      });
      return el("label", { class: "type" }, box, el("mark", { class: type }, `${count(facts.size, name)}`));
    });
    return el("fieldset", { class: "legend" }, el("legend", { class: "unseen" }, "Marked facts"), boxes);
  }

  show(params) {
    const { evidence } = this.model.tables;
    if (this.model.text(this.doc) === null) return;
    const fact = this.model.find(params.get("fact"));
    const place = params.get("at") === null ? null : Number(params.get("at"));
    const covering =
      place === null || fact
        ? []
        : this.passages.filter((at) => evidence.start[at] <= place && place < evidence.end[at]);
    const chosen = new Set(
      fact
        ? this.passages.filter((at) => evidence.fact_type[at] === fact.type && evidence.fact[at] === fact.row)
        : covering,
    );
    const link = (from) => changed({ at: from, fact: null });
    replace(this.text, marked(this.model, this.doc, this.passages, chosen, this.hidden, link));
    this.showList(chosen);
    const target =
      this.text.querySelector(place === null ? "mark.chosen" : `a[data-from="${Math.trunc(place)}"]`) ??
      this.text.querySelector("mark.chosen");
    if (target) {
      target.scrollIntoView({ block: "center" });
      // What had the focus is gone with the list or the text that it stood in.
      if (document.activeElement === document.body)
        (target.querySelector("a") ?? target).focus({ preventScroll: true });
    }
    if (chosen.size) say(`${count(this.factsOf([...chosen]).length, "fact")} at the chosen words`);
  }

  /** Facts in the order in which their first passage stands on the page. */
  factsOf(passages) {
    const { evidence } = this.model.tables;
    const found = new Map();
    for (const at of [...passages].sort((a, b) => evidence.start[a] - evidence.start[b])) {
      const name = `${evidence.fact_type[at]}:${evidence.fact[at]}`;
      if (!found.has(name)) found.set(name, { type: evidence.fact_type[at], row: evidence.fact[at] });
    }
    return [...found.values()];
  }

  showList(chosen) {
    const some = chosen.size > 0;
    const facts = this.factsOf(some ? [...chosen] : this.passages).filter(
      ({ type }) => some || !this.hidden.has(type),
    );
    const confidence = ({ type, row }) => this.model.tables[TYPES[type].table].confidence[row];
    replace(
      this.list,
      el(
        "h2",
        {},
        some
          ? count(facts.length, "fact rests on these words", "facts rest on these words")
          : count(facts.length, "fact on this page", "facts on this page"),
      ),
      some && el("p", {}, el("a", { href: changed({ at: null, fact: null }) }, "All facts of this page")),
      el(
        "ol",
        { class: "fact-list" },
        facts.map((fact) =>
          el(
            "li",
            { class: fact.type },
            el(
              "a",
              {
                href: changed({ fact: `${fact.type}:${this.model.key(fact.type, fact.row)}`, at: null }),
                title: "mark its words",
              },
              el("bdi", {}, this.model.label(fact.type, fact.row)),
            ),
            el("span", { class: "faint" }, ` ${TYPES[fact.type].name}, ${share(confidence(fact))} `),
            el(
              "a",
              { href: factAddress(this.model, fact.type, fact.row), "aria-label": "open the fact" },
              "open",
            ),
          ),
        ),
      ),
    );
  }
}
