// The first five minutes: each step leads to its place, with the words in the box.
import { $, as } from "./given.js";
import { act } from "./acts.js";

const tour = $("#tour"),
  words = $("#words");
const DONE = "tour-done",
  CLOSED = "tour-closed";
const done = new Set(JSON.parse(localStorage.getItem(DONE) ?? "[]"));

for (const step of tour.querySelectorAll("li")) {
  step.classList.toggle("done", done.has(step.dataset.step));
  $("a", step).addEventListener("click", (event) => take(event, step.dataset.step));
}
async function take(event, step) {
  done.add(step);
  localStorage.setItem(DONE, JSON.stringify([...done]));
  const link = event.currentTarget;
  if (!link.dataset.pushes) return;
  event.preventDefault();
  await act("/clock", { as, push: link.dataset.pushes });
  location.assign(link.href);
}
// Open on a page where nothing has happened yet; afterwards one line, with the next step in it.
const steps = [...tour.querySelectorAll("li")],
  next = steps.find((step) => !done.has(step.dataset.step));
tour.open =
  !localStorage.getItem(CLOSED) && !!next && !$("#posts .post") && matchMedia("(min-width: 44rem)").matches;
if (next) {
  const link = $("a", next).cloneNode(true);
  $("#next-step").append(`${steps.indexOf(next) + 1}. ${$("span", next).textContent} `, link);
  link.addEventListener("click", (event) => take(event, next.dataset.step));
}
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
