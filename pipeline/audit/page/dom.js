// Making elements. Words from pages reach the document here and nowhere else, always as text: nothing in this
// page parses markup, and the policy in its head forbids it.

// Characters that nobody sees, but that may turn, hide or split what stands beside them. Joiners shape letters
// in several scripts, so they stay.
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;

function codePoint(char) {
  return `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Text for an attribute, a title or a picture: what cannot be seen is spelt out. */
export function plain(text) {
  return String(text).replace(UNSEEN, (char) => `[${codePoint(char)}]`);
}

/** Append text; each character that cannot be seen becomes a small sign with its number. */
export function put(parent, text) {
  const string = String(text);
  let from = 0;
  for (const found of string.matchAll(UNSEEN)) {
    parent.append(string.slice(from, found.index));
    const sign = document.createElement("span");
    sign.className = "unprinted";
    sign.title = "a character that is not shown on the page";
    sign.textContent = codePoint(found[0]);
    parent.append(sign);
    from = found.index + found[0].length;
  }
  parent.append(string.slice(from));
}

function fill(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) parent.append(child);
    else put(parent, child);
  }
}

/** Make an element. Attributes whose name starts with "on" are listeners; null and false leave one out. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  fill(made, children);
  return made;
}

/** Make an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  fill(made, children);
  return made;
}

function set(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) {
      if (typeof value !== "function") throw new TypeError(`${key} is no function`);
      made.addEventListener(key.slice(2), value);
    } else if (key === "href") {
      made.setAttribute(key, checkedLink(value));
    } else {
      made.setAttribute(key, value === true ? "" : plain(value));
    }
  }
}

function checkedLink(link) {
  if (link.startsWith("#/") || webAddress(link) !== null) return link;
  throw new TypeError("a link that leads neither into this page nor to the web");
}

/** The address if it is one of the web, else null: a page may name "javascript:" as its own. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link out of this page, or the words alone where the address is not one of the web. */
export function outward(address, words) {
  const safe = webAddress(address);
  if (safe === null) return el("bdi", {}, words);
  return el("a", { href: safe, rel: "noopener noreferrer external", target: "_blank" }, el("bdi", {}, words));
}

export function replace(parent, ...children) {
  parent.replaceChildren();
  fill(parent, children);
}

/** Say something to a screen reader. */
export function say(words) {
  document.getElementById("status").textContent = plain(words);
}

export function number(value) {
  return value.toLocaleString("en");
}

/** "1 page", "2 pages"; "1 country", "2 countries" with a plural of its own. */
export function count(value, noun, plural = `${noun}s`) {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** A confidence as people write shares: .97 */
export function share(value) {
  if (value === null || value === undefined) return "–";
  return value.toFixed(2).replace(/^0/, "");
}

export function words(name) {
  return name.replaceAll("_", " ");
}
