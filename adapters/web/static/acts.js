// What people do, and what is answered.
import { forgetForm, restoreForm } from "./drafts.js";
import { $, sayings, send } from "./given.js";
import { reveal, show } from "./posts.js";

const dialog = $("#dialog"),
  complaint = $("#complaint");
const waiting = new Map();
let fading;

export async function act(path, body) {
  const what = path + JSON.stringify(body);
  const key = waiting.get(what) ?? crypto.randomUUID();
  waiting.set(what, key);
  complain("");
  tell(null);
  let answer;
  try {
    answer = await send(path, { ...body, key });
  } catch {
    complain(sayings.unreachable);
    return false;
  }
  // Until it is known what became of it, the same once more is the same act.
  if (answer.status !== 503) waiting.delete(what);
  take(answer);
  return answer.ok && answer.kind !== "field_errors";
}
function take(answer) {
  tell(answer.happened);
  if (answer.kind === "form") open(answer.html);
  else if (answer.kind === "field_errors") faults(answer.errors);
  else if (answer.kind === "error" || (dialog.open && !answer.ok)) complain(answer.text);
  else {
    if (dialog.open) forgetForm(); // taken, or quoted in the answer
    dialog.close();
    const shown = (answer.posts ?? []).map((post) => show(post, true)).filter(Boolean);
    if (shown.length) reveal(shown.at(-1));
    if (answer.text && answer.ok) complain(answer.text);
  }
}
function open(html) {
  dialog.innerHTML = html;
  restoreForm();
  dialog.showModal();
}
function faults(errors) {
  if (!dialog.open) return complain(Object.values(errors).join(" "));
  for (const [name, text] of Object.entries(errors).reverse()) {
    const place = document.getElementById(`error-${name}`) ?? $("#error-");
    place.textContent = text;
    const input = document.getElementById(`input-${name}`);
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
  }
}
export function forgive(input) {
  input.removeAttribute("aria-invalid");
  const place = document.getElementById(`error-${input.name}`);
  if (place) place.textContent = "";
}
// What a push of the clock brought, with the way to each place; kept where a page is left for another at once.
const HAPPENED = "happened",
  place = $("#happened");
export function tell(happened) {
  place.hidden = !happened;
  place.replaceChildren(...(happened ? [happened.text, ...happened.places.map(link)] : []));
  if (happened) sessionStorage.setItem(HAPPENED, JSON.stringify(happened));
  else sessionStorage.removeItem(HAPPENED);
}
function link({ label, href }) {
  const way = document.createElement("a");
  way.textContent = label;
  way.href = href;
  way.dir = "auto";
  return way;
}
tell(JSON.parse(sessionStorage.getItem(HAPPENED) ?? "null"));
export function complain(text) {
  // Behind an open dialog nothing can be read.
  const place = dialog.open ? $("#error-") : complaint;
  if (place) place.textContent = text;
  complaint.hidden = !complaint.textContent;
  clearTimeout(fading);
  if (text)
    fading = setTimeout(() => {
      complaint.hidden = true;
    }, 20000);
}
dialog.addEventListener("input", (event) => forgive(event.target));
