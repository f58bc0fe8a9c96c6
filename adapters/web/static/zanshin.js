// The playground's page: sends what people type and press, shows what comes back. It decides nothing.
import { act, forgive } from "./acts.js";
import { say } from "./box.js";
import { $, as, here, sayings } from "./given.js";
import { announce, reading, reveal, seen, show } from "./posts.js";
import { fillBox, setHold } from "./tour.js";
import { setClock, startWaits, tick } from "./time.js";

// --- pressing and sending --------------------------------------------------------------------
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || button.ariaBusy) return;
  if (button.dataset.copy !== undefined) await copy(button);
  else if (button.dataset.push) await busily(button, "/clock", { as, push: button.dataset.push });
  else if ("close" in button.dataset) $("#dialog").close();
  else if (button.id === "theme") useTheme(themes[(themes.indexOf(theme()) + 1) % themes.length]);
  else if (button.classList.contains("menu")) button.setAttribute("aria-expanded", $("nav").classList.toggle("open"));
  else if (button.dataset.command) await press(button, JSON.parse(button.dataset.fields));
});
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "composer") return say();
  [...form.elements].forEach(forgive);
  const fields = { ...JSON.parse(form.dataset.fields ?? "{}"), ...Object.fromEntries(new FormData(form)) };
  await press(form, fields, form.closest("dialog") ? "/submit" : "/press");
});
async function press(pressed, fields, path = "/press") {
  const post = pressed.closest(".post"),
    id = post ? Number(post.dataset.id) : null;
  const done = await busily(pressed, path, { as, in: here, post: id, command: pressed.dataset.command, fields });
  if (!done || !(id < 0)) return;
  if (post.contains(document.activeElement)) $("#words").focus();
  post.remove(); // it was never stored, and has served
}
async function busily(pressed, path, body) {
  pressed.setAttribute("aria-busy", "true"); // not disabled: that would take the focus away
  const done = await act(path, body);
  pressed.removeAttribute("aria-busy");
  return done;
}
async function copy(button) {
  const copied = await navigator.clipboard.writeText(button.dataset.copy).then(
    () => true,
    () => false,
  );
  const gaps = button.dataset.gaps;
  const before = button.textContent;
  button.textContent = !copied ? sayings.uncopied : gaps ? `${sayings.gaps} ${gaps}` : sayings.copied;
  const named = button.getAttribute("aria-label");
  button.setAttribute("aria-label", `${button.textContent}${named.slice(before.length)}`); // what it copies stays said
  announce(button.textContent);
}

// --- theme -----------------------------------------------------------------------------------
const themes = ["auto", "light", "dark"];
function useTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  $("#theme").textContent = sayings.themes[name];
  localStorage.setItem("theme", name);
}
const theme = () => (themes.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto");
useTheme(theme());

// --- what happens meanwhile ------------------------------------------------------------------
const title = document.title;
let events;
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource(`/events?as=${encodeURIComponent(as)}&in=${encodeURIComponent(here)}`);
  events.addEventListener("post", (event) => show(JSON.parse(event.data)));
  events.addEventListener("sidebar", (event) => showSidebar(JSON.parse(event.data)));
  events.addEventListener("hold", (event) => setHold(JSON.parse(event.data)));
  events.addEventListener("clock", (event) => setClock(JSON.parse(event.data)));
  events.onerror = () => {
    $("#lost").hidden = false;
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000); // a browser gives up on some errors
  };
  events.onopen = () => {
    $("#lost").hidden = true;
  };
}
// A browser opens six connections to one address, for all its windows: one that nobody looks at lets go of its own,
// and is brought up to date when somebody looks again.
document.addEventListener("visibilitychange", listen);
function showSidebar({ html, here: unreadHere, elsewhere }) {
  const place = $("#conversations");
  const within = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.innerHTML = html;
  if (within) $(`a[href="${CSS.escape(within)}"]`, place)?.focus();
  const unread = elsewhere + (reading() ? 0 : unreadHere);
  document.title = unread ? `(${unread}) ${title}` : title;
}
setInterval(tick, 1000);
tick();
startWaits(document, announce);
listen();
reveal(document.getElementById(location.hash.slice(1)) ?? $("#posts").lastElementChild);
seen();
fillBox();
$("#words").focus();
