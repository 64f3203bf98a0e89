// The address bar holds the state: "#/partnerships?kind=twin&q=perm". A link to it shows the same view.

/** Read the address: the view, and what it is asked for. */
export function readAddress() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { view: path || "overview", params: new URLSearchParams(query) };
}

/** An address inside this page; empty values are left out. */
export function address(view, params = {}) {
  const query = new URLSearchParams();
  const entries = params instanceof URLSearchParams ? params : Object.entries(params);
  for (const [key, value] of entries) {
    if (value !== null && value !== undefined && value !== "") query.set(key, value);
  }
  const text = query.toString();
  return `#/${view}${text ? `?${text}` : ""}`;
}

/** The address of a fact in the table of its type. */
export function factAddress(model, type, row) {
  const view = { partnership: "partnerships", founding_date: "dates", mayor: "mayors", theme: "themes" }[
    type
  ];
  return address(view, { fact: `${type}:${model.key(type, row)}` });
}

/** This view with some of its parameters changed. */
export function changed(changes) {
  const { view, params } = readAddress();
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") params.delete(key);
    else params.set(key, value);
  }
  return address(view, params);
}

/** Go to an address; without a trace in the history if it is a mere refinement of this one. */
export function go(target, trace = true) {
  if (trace) {
    location.hash = target;
  } else {
    history.replaceState(null, "", target);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
