// What was typed and not taken yet: kept for this tab, for each person and place, so that no key loses it.
import { $, as, here } from "./given.js";

const dialog = $("#dialog"),
  words = $("#words"),
  composing = `draft ${as} ${here}`;

function keep(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing, or is full: the words still stand where they are.
  }
}

function kept(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

// A form is the same when it asks for the same command about the same thing.
const nameOf = (form) => `form ${as} ${form.dataset.command} ${form.dataset.fields}`;

export function keepForm() {
  const form = $("form", dialog);
  if (form) keep(nameOf(form), JSON.stringify(Object.fromEntries(new FormData(form))));
}

export function restoreForm() {
  const form = $("form", dialog);
  const typed = form && JSON.parse(kept(nameOf(form)) || "null");
  if (!typed) return;
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input.type === "checkbox") input.checked = input.name in typed;
    else if (input.name in typed) input.value = typed[input.name];
  }
}

export function forgetForm() {
  const form = $("form", dialog);
  if (form) keep(nameOf(form), "");
}

export const keepWords = () => keep(composing, words.value);

export function restoreWords() {
  words.value ||= kept(composing);
}

dialog.addEventListener("input", keepForm);
