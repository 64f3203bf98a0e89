// A correction of a fact, as one row of corrections.csv: to copy at once, or to collect.

import { count, el, say, words } from "./dom.js";
import { TYPES } from "./model.js";
import { address } from "./address.js";
import { collect, collected, copy, csv, recall, remember } from "./collected.js";

// The columns that make a fact; all others follow from them.
const FIELDS = {
  partnership: ["kind", "status", "place_a_id", "place_b_id"],
  founding_date: ["date", "event", "basis", "chosen", "partnership_id"],
  mayor: ["person", "role", "place_id", "seen_from", "seen_to"],
  theme: ["theme", "partnership_id", "place_id"],
};

function today() {
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Open the dialog for a fact. */
export function correct(model, type, row) {
  const opener = document.activeElement;
  const key = model.key(type, row);
  const table = model.tables[TYPES[type].table];
  const choice = (value, label) =>
    el(
      "label",
      {},
      el("input", { type: "radio", name: "action", value, checked: value === "accept" }),
      label,
    );
  const fields = el(
    "select",
    { name: "field" },
    FIELDS[type].map((name) => el("option", { value: name }, words(name))),
  );
  const slot = el("span", { class: "slot" });
  const edit = el(
    "div",
    { class: "edit", hidden: true },
    el("label", {}, el("span", {}, "Field"), fields),
    el("label", {}, el("span", {}, "New value"), slot),
  );
  const reviewer = el("input", { name: "reviewer", autocomplete: "name", required: true });
  const reason = el("input", { name: "reason", autocomplete: "off", required: true });
  reviewer.value = recall("twintown.reviewer");
  reason.value = recall("twintown.reason");
  const output = el("textarea", {
    readonly: true,
    rows: "3",
    spellcheck: "false",
    "aria-label": "Row for corrections.csv",
  });
  const message = el("p", { class: "message", role: "status" });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "correct-title" }, `Correct this ${TYPES[type].name}`),
    el("p", {}, el("bdi", {}, model.label(type, row))),
    el(
      "fieldset",
      {},
      el("legend", {}, "Judgement"),
      choice("accept", "accept"),
      choice("reject", "reject"),
      choice("edit", "edit"),
    ),
    edit,
    el("label", {}, el("span", {}, "Reviewer"), reviewer),
    el("label", {}, el("span", {}, "Reason"), reason),
    el("label", {}, el("span", {}, "Row for corrections.csv"), output),
    message,
    el(
      "p",
      { class: "actions" },
      el(
        "button",
        {
          type: "button",
          class: "main",
          onclick: async () => form.reportValidity() && tell(await copy(output.value, output)),
        },
        "Copy the row",
      ),
      el("button", { type: "button", onclick: () => keep() }, "Collect it"),
      el("button", { value: "close", formnovalidate: true }, "Close"),
    ),
  );
  const dialog = el("dialog", { class: "correct", "aria-labelledby": "correct-title" }, form);

  const showSlot = () => {
    const values = model.choices[TYPES[type].table][fields.value] ?? null;
    const control = values
      ? el(
          "select",
          { name: "value" },
          values.map((value) => el("option", { value }, words(value))),
        )
      : el("input", { name: "value", autocomplete: "off" });
    control.value = String(table[fields.value][row] ?? "");
    slot.replaceChildren(control);
  };
  const cells = () => {
    const action = form.elements.action.value;
    const change = action === "edit" ? [fields.value, action, slot.firstChild.value] : ["", action, ""];
    return [type, key, ...change, reviewer.value.trim(), today(), reason.value.trim()];
  };
  const show = () => {
    const action = form.elements.action.value;
    edit.hidden = action !== "edit";
    output.value = csv([cells()]);
    const missing = reviewer.value.trim() && reason.value.trim() ? "" : "Reviewer and reason are missing.";
    const same = action === "edit" && slot.firstChild.value === String(table[fields.value][row] ?? "");
    message.textContent = same ? "That is the value it has." : missing;
    remember("twintown.reviewer", reviewer.value);
    remember("twintown.reason", reason.value);
  };
  const tell = (...said) => {
    message.replaceChildren(...said);
    say(message.textContent);
  };
  const keep = () => {
    if (!form.reportValidity()) return;
    collect(cells());
    const link = el(
      "a",
      { href: address("collected"), onclick: () => dialog.close() },
      count(collected().length, "collected row"),
    );
    tell("Collected. ", link);
  };
  fields.addEventListener("change", () => {
    showSlot();
    show();
  });
  form.addEventListener("input", show);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener?.focus?.();
  });
  showSlot();
  show();
  document.body.append(dialog);
  dialog.showModal();
}
