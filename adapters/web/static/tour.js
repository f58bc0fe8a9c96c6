// The first five minutes: each step leads to its place, with the words in the box.
import { $, as } from "./given.js";
import { act } from "./acts.js";

const tour = $("#tour"),
  words = $("#words");
const DONE = "tour-done",
  CLOSED = "tour-closed";
const done = new Set(JSON.parse(localStorage.getItem(DONE) ?? "[]"));

const steps = [...tour.querySelectorAll("li")],
  following = () => steps.find((step) => !done.has(step.dataset.step));
for (const step of steps) {
  step.classList.toggle("done", done.has(step.dataset.step));
  $("a", step).addEventListener("click", (event) => take(event, step.dataset.step));
}
function tick(step) {
  done.add(step);
  localStorage.setItem(DONE, JSON.stringify([...done]));
}
async function take(event, step) {
  tick(step);
  const link = event.currentTarget;
  if (!link.dataset.pushes) return;
  event.preventDefault();
  await act("/clock", { as, push: link.dataset.pushes });
  location.assign(link.href);
}
// Open on a page where nothing has happened yet; afterwards one line, with the next step in it.
tour.open =
  !localStorage.getItem(CLOSED) && !!following() && !$("#posts .post") && matchMedia("(min-width: 44rem)").matches;
function showNext() {
  const next = following();
  $("#next-step").replaceChildren();
  if (!next) return;
  const link = $("a", next).cloneNode(true);
  $("#next-step").append(`${steps.indexOf(next) + 1}. ${$("span", next).textContent} `);
  if (next.dataset.needs === "hold" && !("holds" in document.body.dataset)) return;
  $("#next-step").append(link);
  link.addEventListener("click", (event) => take(event, next.dataset.step));
}
showNext();
export function setHold({ runs }) {
  document.body.toggleAttribute("data-holds", runs);
  showNext();
}
// Whoever types the command of a step by themselves, as a page of ours said or in words of their own, has tried it.
export function tried(typed) {
  for (const step of steps) {
    const shown = new URL($("a", step).href).searchParams.get("words");
    if (!shown || !typed.startsWith(commandOf(shown))) continue;
    tick(step.dataset.step);
    step.classList.add("done");
    showNext();
  }
}
const commandOf = (shown) => /^\/(?:calm|recuse)|^\/\w+ \w+/.exec(shown)[0];
$("summary", tour).addEventListener("click", () => {
  if (tour.open) localStorage.setItem(CLOSED, "yes");
  else localStorage.removeItem(CLOSED);
});
new MutationObserver((_changes, observer) => {
  tour.open = false; // what is answered is what they want to read; opened again, it stays
  observer.disconnect();
}).observe($("#posts"), { childList: true });
export function fillBox() {
  const here = new URL(location.href);
  const asked = here.searchParams.get("words");
  if (!asked) return;
  here.searchParams.delete("words");
  history.replaceState(null, "", here);
  words.value = asked;
  words.setSelectionRange(asked.length, asked.length);
}
