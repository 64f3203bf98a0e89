// Start: read the data, then show what the address asks for, whenever it changes.

import { el, number, replace } from "./dom.js";
import { Model } from "./model.js";
import { address, changed, go, readAddress } from "./address.js";
import { specs } from "./specs.js";
import { TableView } from "./table.js";
import { factPanel } from "./fact.js";
import { ReadingView } from "./reading.js";
import { CollectedView, collected } from "./collected.js";
import { ConflictsView } from "./conflicts.js";
import { OverviewView } from "./overview.js";
import { MapView } from "./map.js";
import { NetworkView } from "./network.js";
import { TimelineView } from "./timeline.js";

function embedded(id) {
  const element = document.getElementById(id);
  const data = JSON.parse(element.textContent);
  element.remove(); // it is in memory now
  return data;
}

const model = new Model(embedded("data"), () => embedded("texts"));
const all = specs(model);
const main = document.getElementById("main");
const detail = document.getElementById("detail");
let world = null;

const VIEWS = {
  overview: (root) => new OverviewView(root, model),
  page: (root) => new ReadingView(root, model),
  collected: (root) => new CollectedView(root, model),
  conflicts: (root) => new ConflictsView(root, model, all),
  map: (root) => new MapView(root, model, all.partnerships, (world ??= embedded("world"))),
  network: (root) => new NetworkView(root, model, all.partnerships),
  timeline: (root) => new TimelineView(root, model, all.partnerships),
};
Object.setPrototypeOf(VIEWS, null);
for (const [name, spec] of Object.entries(all)) VIEWS[name] ??= (root) => new TableView(root, spec);

const GROUPS = [
  ["", [["overview", "Overview"]]],
  ["Facts", [["partnerships"], ["dates"], ["mayors"], ["themes"]]],
  [
    "To check",
    [
      ["conflicts", "Conflicts", model.tables.partnerships.conflict.filter((text) => text !== null).length],
      ["evidence"],
      ["collected", "Corrections"],
      ...Object.keys(all)
        .filter(
          (name) =>
            name in model.tables &&
            !["partnerships", "mayors", "themes", "places", "evidence"].includes(name),
        )
        .map((name) => [name]),
    ],
  ],
  ["Sources", [["pages"], ["places"]]],
  [
    "Pictures",
    [
      ["map", "Map"],
      ["network", "Network"],
      ["timeline", "Timeline"],
    ],
  ],
];

const amountOf = { collected: () => collected().length }; // what changes while the page is open

let shown = { view: null, fact: null };
let current = null;

function showNavigation(view) {
  replace(
    document.getElementById("nav"),
    GROUPS.map(([title, entries]) =>
      el(
        "div",
        { class: "group" },
        title && el("p", {}, title),
        el(
          "ul",
          {},
          entries.map(([name, label, amount]) =>
            el(
              "li",
              {},
              el(
                "a",
                {
                  href: address(name),
                  "aria-current": name === view || (view === "page" && name === "pages") ? "page" : null,
                },
                label ?? all[name].title,
                showAmount(amountOf[name]?.() ?? amount ?? all[name]?.size),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function showAmount(amount) {
  return amount !== undefined && el("span", { class: "amount" }, number(amount));
}

function show() {
  const asked = readAddress();
  const view = Object.hasOwn(VIEWS, asked.view) ? asked.view : "overview";
  const fresh = shown.view !== view || current === null;
  if (fresh) {
    main.replaceChildren();
    main.className = `view-${view}`;
    current = VIEWS[view](main);
    showNavigation(view);
  }
  current.update();
  const wanted = asked.params.get("fact");
  const fact = view !== "page" && all[view]?.type ? model.find(wanted) : null;
  showFact(fact, wanted);
  const heading = (fact ? detail : main).querySelector("h1, h2");
  document.title = `${heading?.textContent ?? ""} · Twintown audit`;
  if (fresh && shown.view !== null && !fact) {
    scrollTo(0, 0);
    main.querySelector("h1")?.focus({ preventScroll: view === "page" });
  }
  shown = { view, fact: fact ? wanted : null };
  if (!performance.getEntriesByName("first-view").length) performance.mark("first-view");
}

function showFact(fact, wanted) {
  document.body.classList.toggle("with-detail", fact !== null);
  detail.hidden = fact === null;
  if (!fact) {
    detail.replaceChildren();
    if (shown.fact)
      main
        .querySelector(`a[href$="${CSS.escape(new URLSearchParams({ fact: shown.fact }).toString())}"]`)
        ?.focus({ preventScroll: true });
    return;
  }
  if (shown.fact === wanted && detail.firstChild) return;
  const rows = current.rows ?? [];
  const place = rows.indexOf(fact.row);
  const near = (row) =>
    row === undefined || place < 0 || fact.type !== current.spec.type
      ? null
      : changed({ fact: `${fact.type}:${model.key(fact.type, row)}` });
  replace(
    detail,
    factPanel(model, fact.type, fact.row, { before: near(rows[place - 1]), after: near(rows[place + 1]) }),
  );
  detail.scrollTop = 0;
  detail.querySelector("h2").focus({ preventScroll: true });
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && shown.fact) go(changed({ fact: null }));
  else if (typing) return;
  else if (event.key === "/") document.getElementById("search")?.focus();
  else if (event.key === "j" || event.key === "k")
    detail.querySelector(`[aria-keyshortcuts="${event.key}"]`)?.click();
  else return;
  event.preventDefault();
}

document.getElementById("version").textContent = model.version;
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", show);
addEventListener("keydown", press);
addEventListener("collected", () => showNavigation(shown.view));
show();
