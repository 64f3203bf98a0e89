// The tables as they came, and what follows from them: who rests on which evidence, who speaks of whom.

/** Types of facts with their tables. */
export const TYPES = {
  partnership: { table: "partnerships", key: "partnership_id", name: "partnership" },
  founding_date: { table: "founding_dates", key: "founding_id", name: "founding date" },
  mayor: { table: "mayors", key: "mayor_id", name: "mayor" },
  theme: { table: "themes", key: "theme_id", name: "theme" },
};

function unpacked(column) {
  return Array.isArray(column) ? column : column.at.map((place) => column.of[place]);
}

function lists(length) {
  return Array.from({ length }, () => []);
}

function rowsByKey(keys) {
  return new Map(keys.map((key, row) => [key, row]));
}

/** The items of a list by what `key` makes of them, in order. */
export function grouped(list, key) {
  const found = new Map();
  for (const item of list) {
    const name = key(item);
    if (found.has(name)) found.get(name).push(item);
    else found.set(name, [item]);
  }
  return found;
}

export class Model {
  constructor(data, readTexts) {
    this.version = data.version;
    this.counts = data.counts;
    this.choices = data.choices; // by table and column: the values that it may have
    this.misplaced = data.misplaced;
    this.tables = Object.create(null); // a table or a column may have any name
    for (const [name, columns] of Object.entries(data.tables)) {
      const table = (this.tables[name] = Object.create(null));
      for (const [column, values] of Object.entries(columns)) table[column] = unpacked(values);
    }
    this.readTexts = readTexts;
    this.texts = null;
    this.indexFacts();
    this.indexPairs();
  }

  /** The frozen text of a document, or null; read when the first one is asked for. */
  text(doc) {
    this.texts ??= this.readTexts();
    return this.texts[doc];
  }

  has(table, column) {
    return table in this.tables && column in this.tables[table];
  }

  /** The words of a piece of evidence. */
  quote(evidence) {
    const { doc, start, end } = this.tables.evidence;
    if (evidence in this.misplaced) return this.misplaced[evidence];
    return this.text(doc[evidence]).slice(start[evidence], end[evidence]);
  }

  indexFacts() {
    const { documents, evidence } = this.tables;
    this.rows = {};
    this.evidence = {};
    this.langs = {};
    for (const [type, { table, key }] of Object.entries(TYPES)) {
      this.rows[type] = rowsByKey(this.tables[table][key]);
      this.evidence[type] = lists(this.counts[table]);
      this.langs[type] = lists(this.counts[table]);
    }
    this.evidenceOfDoc = lists(this.counts.documents);
    for (let at = 0; at < this.counts.evidence; at++) {
      const type = evidence.fact_type[at];
      const fact = evidence.fact[at];
      this.evidence[type][fact].push(at);
      this.evidenceOfDoc[evidence.doc[at]].push(at);
      const lang = documents.lang[evidence.doc[at]];
      const known = this.langs[type][fact];
      if (lang !== null && !known.includes(lang)) known.push(lang);
    }
    this.docs = rowsByKey(documents.doc_id);
    this.places = rowsByKey(this.tables.places.place_id);
  }

  indexPairs() {
    const { partnerships, founding_dates: dates, themes } = this.tables;
    const pairs = this.rows.partnership;
    this.datesOfPair = lists(this.counts.partnerships);
    this.themesOfPair = lists(this.counts.partnerships);
    this.pairsOfPlace = lists(this.counts.places);
    dates.partnership_id.forEach((key, row) => this.datesOfPair[pairs.get(key)]?.push(row));
    themes.partnership_id.forEach((key, row) => key !== null && this.themesOfPair[pairs.get(key)]?.push(row));
    for (let row = 0; row < this.counts.partnerships; row++) {
      for (const end of ["place_a_id", "place_b_id"]) {
        this.pairsOfPlace[this.places.get(partnerships[end][row])]?.push(row);
      }
    }
  }

  /** The partnership that a fact is about: its row, or null. */
  pairOf(type, row) {
    if (type === "partnership") return row;
    const column = this.tables[TYPES[type].table].partnership_id;
    return (column && this.rows.partnership.get(column[row])) ?? null;
  }

  placeName(placeId) {
    const row = this.places.get(placeId);
    return row === undefined ? (placeId ?? "an unknown place") : this.tables.places.name[row];
  }

  /** The position of a place in degrees, [longitude, latitude], or null. */
  position(placeId) {
    const row = this.places.get(placeId);
    if (row === undefined) return null;
    const { longitude, latitude } = this.tables.places;
    return longitude[row] === null || latitude[row] === null ? null : [longitude[row], latitude[row]];
  }

  pairName(row) {
    const { place_a: a, place_b: b } = this.tables.partnerships;
    return `${a[row]} – ${b[row]}`;
  }

  /** What a theme is about, in words. */
  themeScope(row) {
    const { place_id: place } = this.tables.themes;
    const pair = this.pairOf("theme", row);
    if (pair !== null) return this.pairName(pair);
    return place[row] === null
      ? "partnerships of an unknown town"
      : `partnerships of ${this.placeName(place[row])}`;
  }

  /** A fact in a few words. */
  label(type, row) {
    const table = this.tables[TYPES[type].table];
    if (type === "partnership") return this.pairName(row);
    if (type === "founding_date") return `${table.date[row]}: ${this.pairName(this.pairOf(type, row))}`;
    if (type === "mayor")
      return `${table.person[row]}, ${table.role[row].replaceAll("_", " ")} of ${table.place[row]}`;
    return `${table.theme[row].replaceAll("_", " ")}: ${this.themeScope(row)}`;
  }

  key(type, row) {
    return this.tables[TYPES[type].table][TYPES[type].key][row];
  }

  /** Find a fact by "type:key", or return null. */
  find(reference) {
    const [type, ...rest] = (reference ?? "").split(":");
    const row = Object.hasOwn(TYPES, type) ? this.rows[type].get(rest.join(":")) : undefined;
    return row === undefined ? null : { type, row };
  }

  docTitle(doc) {
    const { title, source } = this.tables.documents;
    return title[doc] ?? source[doc];
  }
}
