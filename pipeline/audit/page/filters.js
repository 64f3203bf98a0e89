// Filtering a table by the parameters in the address: words, values of facets, ranges.

import { el, number, replace } from "./dom.js";
import { changed, go, readAddress } from "./address.js";

/** Words without case and accents, so that "koln" finds "Köln". */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
}

const searched = new WeakMap(); // by specification: the folded words of each row, made at the first search

function searchTexts(spec) {
  if (!searched.has(spec)) {
    searched.set(
      spec,
      Array.from({ length: spec.size }, (_, row) => folded(spec.text(row))),
    );
  }
  return searched.get(spec);
}

/** The rows that the parameters let through, in the order of the table. */
export function matching(spec, params) {
  const tests = [];
  for (const facet of spec.facets) {
    const wanted = params.get(facet.id);
    if (wanted !== null) tests.push((row) => facet.of(row).includes(wanted));
  }
  for (const range of spec.ranges) {
    const low = bound(params.get(`${range.id}_from`), -Infinity);
    const high = bound(params.get(`${range.id}_to`), Infinity);
    if (low !== -Infinity || high !== Infinity) {
      tests.push((row) => {
        const span = range.of(row);
        return span !== null && span[1] >= low && span[0] <= high;
      });
    }
  }
  const parts = folded(params.get("q") ?? "")
    .split(/\s+/)
    .filter((part) => !/^\p{Pd}?$/u.test(part)); // "Duisburg – Perm" is two words
  if (parts.length) {
    const texts = searchTexts(spec);
    tests.push((row) => parts.every((part) => texts[row].includes(part)));
  }
  const found = [];
  for (let row = 0; row < spec.size; row++) if (tests.every((test) => test(row))) found.push(row);
  return found;
}

function bound(text, missing) {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : missing;
}

function tally(spec, facet) {
  const found = new Map();
  for (let row = 0; row < spec.size; row++) {
    for (const value of new Set(facet.of(row))) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function refine(changes) {
  go(changed({ ...changes, page: null }), false);
}

/** The bar of controls above a table or a picture; `folded` keeps all but the search closed until it is used. */
export function filterBar(spec, what, folded = false) {
  const { params } = readAddress();
  const bar = el("form", {
    class: "filters",
    role: "search",
    "aria-label": `Filter ${what}`,
    onsubmit: (event) => event.preventDefault(),
  });
  let waiting = 0;
  const search = el("input", {
    type: "search",
    id: "search",
    value: params.get("q") ?? "",
    placeholder: "Search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-keyshortcuts": "/",
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => refine({ q: search.value.trim() }), 150);
    },
  });
  bar.append(el("label", { class: "wide" }, el("span", {}, "Search"), search));
  const controls = [
    spec.facets.filter((facet) => !facet.hidden).map((facet) => facetControl(spec, facet, params)),
    spec.ranges.map((range) => rangeControl(range, params)),
    el("button", { type: "button", class: "quiet", onclick: () => clear(spec, bar) }, "Clear"),
  ].flat(2);
  if (folded) {
    const used = controls.some((control) => control.querySelector?.("select, input")?.value);
    bar.append(
      el("details", { open: used }, el("summary", {}, "Filters"), el("div", { class: "filters" }, controls)),
    );
  } else {
    bar.append(...controls);
  }
  const chips = el("div", { class: "chips" });
  return { element: el("div", { class: "filter-box" }, bar, chips), update: () => showChips(spec, chips) };
}

function facetControl(spec, facet, params) {
  const values = tally(spec, facet);
  if (values.length < 2 && params.get(facet.id) === null) return [];
  const wanted = params.get(facet.id);
  const select = el("select", { name: facet.id, onchange: () => refine({ [facet.id]: select.value }) });
  select.append(el("option", { value: "" }, "all"));
  if (wanted !== null && !values.some(([value]) => value === wanted)) values.push([wanted, 0]);
  for (const [value, times] of values) {
    // Set as a property: the attribute would spell out what cannot be seen, and no longer be the value.
    const option = el("option", {}, `${facet.show(value)} (${number(times)})`);
    option.value = value;
    option.selected = value === wanted;
    select.append(option);
  }
  return [el("label", {}, el("span", {}, facet.label), select)];
}

function rangeControl(range, params) {
  const input = (end, name) => {
    const key = `${range.id}_${end}`;
    const made = el("input", {
      type: "number",
      name: key,
      min: range.min,
      max: range.max,
      step: range.step,
      value: params.get(key) ?? "",
      placeholder: end,
      "aria-label": `${range.label} ${name}`,
      onchange: () => refine({ [key]: made.value }),
    });
    return made;
  };
  return el(
    "fieldset",
    {},
    el("legend", {}, range.label),
    input("from", "from"),
    el("span", { "aria-hidden": "true" }, "–"),
    input("to", "to"),
  );
}

function clear(spec, bar) {
  for (const control of bar.querySelectorAll("input, select")) control.value = "";
  const gone = [
    ...spec.facets.map((facet) => facet.id),
    ...spec.ranges.flatMap((range) => [`${range.id}_from`, `${range.id}_to`]),
    "q",
  ];
  refine(Object.fromEntries(gone.map((key) => [key, null])));
}

/** Filters without a control of their own come from links; they can be taken away. */
function showChips(spec, box) {
  const { params } = readAddress();
  const chips = spec.facets
    .filter((facet) => facet.hidden && params.get(facet.id) !== null)
    .map((facet) =>
      el(
        "button",
        { type: "button", class: "chip", onclick: () => refine({ [facet.id]: null }) },
        `${facet.label}: `,
        el("bdi", {}, facet.show(params.get(facet.id))),
        el("span", { "aria-hidden": "true" }, " ×"),
        el("span", { class: "unseen" }, " (remove)"),
      ),
    );
  replace(box, chips);
}
