// Posts: shown as they come, never out from under somebody who reads.
import { $, as, here, send } from "./given.js";
import { startWaits, tellTimes } from "./time.js";

const list = $("#posts"),
  newer = $("#newer"),
  live = $("#live");
let unseen = null; // the first post that came in while one was reading further up
let reported = 0;

export function show(post, mine = false) {
  if (post.conversation !== here) return null;
  const made = document.createElement("template");
  made.innerHTML = post.html.trim();
  const fresh = made.content.firstElementChild,
    old = document.getElementById(fresh.id);
  if (old?.dataset.version === fresh.dataset.version) return old;
  $(".empty", list)?.remove();
  tellTimes(fresh);
  const follow = mine || atEnd();
  if (old) replace(old, fresh);
  else insert(fresh, post.id);
  startWaits(fresh, announce);
  if (fresh.classList.contains("bot") || !mine) announce(spoken(fresh));
  if (!old && follow && fresh === list.lastElementChild) reveal(fresh);
  else if (!old) remember(fresh);
  seen();
  return fresh;
}
function remember(fresh) {
  unseen ??= fresh;
  newer.hidden = false;
}
function insert(fresh, id) {
  // One that could not be stored has a negative id, and stands where it came.
  const next = id > 0 && [...list.querySelectorAll(".post")].find((one) => Number(one.dataset.id) > id);
  list.insertBefore(fresh, next || null);
}
function replace(old, fresh) {
  const held = old.contains(document.activeElement) && document.activeElement;
  old.replaceWith(fresh);
  if (unseen === old) unseen = fresh;
  if (!held) return;
  const same = [...fresh.querySelectorAll("button")].find((one) => one.textContent === held.textContent);
  (same ?? fresh).focus({ preventScroll: true });
  reveal(fresh);
}

export function reveal(post) {
  // Of a post taller than the window the top is shown: that is where reading begins.
  const tall = post.offsetHeight > list.clientHeight - 32;
  post.scrollIntoView({ block: tall ? "start" : "nearest" });
  if (post === list.lastElementChild) caughtUp();
}
const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
function caughtUp() {
  unseen = null;
  newer.hidden = true;
}

// --- read, and read aloud ----------------------------------------------------------------------
function lastRead() {
  const end = list.getBoundingClientRect().bottom - 40;
  const begun = [...list.querySelectorAll(".post")].filter((one) => one.getBoundingClientRect().top < end);
  return Math.max(0, ...begun.map((one) => Number(one.dataset.id)));
}
// Only a page that somebody can see counts as read.
export const reading = () => document.visibilityState === "visible" && newer.hidden;
export function seen() {
  document.body.classList.toggle("reading", reading());
  const last = document.visibilityState === "visible" ? lastRead() : 0;
  if (last <= reported) return;
  reported = last;
  send("/seen", { as, in: here, last }).catch(() => {
    reported = 0; // told again with the next one
  });
}
export function announce(words) {
  const line = document.createElement("p");
  line.textContent = words;
  live.append(line);
  while (live.children.length > 5) live.firstChild.remove();
}
function spoken(post) {
  const copy = post.cloneNode(true);
  // What is offered is named by its button alone.
  for (const one of copy.querySelectorAll(".offers > li")) one.prepend(` ${one.querySelector("button").textContent}: `);
  for (const one of copy.querySelectorAll("button, form, progress, [aria-hidden]")) one.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

newer.addEventListener("click", () => {
  const post = unseen ?? list.lastElementChild;
  caughtUp();
  post.scrollIntoView({ block: "start" });
  post.focus({ preventScroll: true });
  seen();
});
list.addEventListener("scroll", () => {
  if (atEnd()) caughtUp();
  seen();
});
document.addEventListener("visibilitychange", seen);
