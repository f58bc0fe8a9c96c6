// The command box: what can be typed is offered while one types.
import { $, as, help, here, people } from "./given.js";
import { act } from "./acts.js";
import { keepWords, restoreWords } from "./drafts.js";
import { tried } from "./tour.js";

const composer = $("#composer"),
  words = $("#words"),
  completions = $("#completions");
const SAID = "said"; // what was sent from this tab, the latest last
let chosen = -1,
  recalled = 0; // how far back somebody has gone

export async function say() {
  const typed = words.value;
  if (!typed.trim()) return;
  // The box is free for the next words at once; words that could not be sent come back into it.
  words.value = "";
  remember(typed);
  complete();
  if (await act("/say", { as, in: here, words: typed })) tried(typed.trim());
  else if (!words.value) {
    words.value = typed;
    keepWords();
    grow();
  }
}
const said = () => JSON.parse(sessionStorage.getItem(SAID) ?? "[]");
function remember(typed) {
  sessionStorage.setItem(SAID, JSON.stringify([...said().filter((one) => one !== typed), typed].slice(-50)));
  recalled = 0;
}
function recall(step) {
  const lines = said();
  if (recalled + step < 0 || recalled + step > lines.length) return;
  recalled += step;
  words.value = recalled ? lines.at(-recalled) : "";
  close();
  grow();
}
// Enter takes a command that is only begun: "/inc" is none, and would come back as a slip.
function begun() {
  const typed = words.value.trim();
  return typed.startsWith("/") && !typed.includes(" ") && !help.some(([, starts]) => starts === typed);
}
// What could be meant so far: a person after an @, a command after a slash. Each is [typed, shown, explained].
function candidates() {
  const typed = words.value.toLowerCase();
  const name = /(^|\s)@(\S*)$/.exec(typed);
  if (name) {
    const before = words.value.slice(0, words.value.length - name[2].length);
    return people
      .filter(([account]) => account.startsWith(name[2]))
      .map(([account, shown, role]) => [`${before}${account} `, shown, role]);
  }
  if (!typed.startsWith("/")) return [];
  const begun = help.filter(([form]) => form.startsWith(typed.trim()));
  // Past the command itself its line stays, to be read while one types the rest.
  const typing = help
    .filter(([, starts]) => typed.startsWith(`${starts} `))
    .sort((one, other) => other[1].length - one[1].length);
  return (begun.length ? begun : typing.slice(0, 1)).map(([form, starts, explained]) => [
    `${starts} `,
    form,
    explained,
  ]);
}
function complete() {
  const found = candidates();
  completions.replaceChildren(
    ...found.map(([typed, shown, explained], number) => {
      const line = document.createElement("li"),
        small = document.createElement("small");
      line.id = `completion-${number}`;
      line.role = "option";
      line.textContent = shown;
      line.dataset.typed = typed;
      small.textContent = explained;
      line.append(small);
      return line;
    }),
  );
  choose(-1);
  keepWords();
  completions.hidden = !found.length;
  completions.scrollTop = 0;
  grow();
}
function grow() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}
function choose(number) {
  chosen = number;
  [...completions.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === number)));
  for (const one of [words, completions]) {
    if (number < 0) one.removeAttribute("aria-activedescendant");
    else one.setAttribute("aria-activedescendant", completions.children[number].id);
  }
  completions.children[number]?.scrollIntoView({ block: "nearest" });
}
function close() {
  completions.hidden = true;
  choose(-1);
}
function accept(line) {
  // What stands there already is never taken away: somebody may be in the middle of a sentence.
  if (line.dataset.typed.length > words.value.length) words.value = line.dataset.typed;
  keepWords();
  close();
  words.focus();
}
restoreWords();
if (words.value) grow();
words.addEventListener("input", () => {
  recalled = 0;
  complete();
});
composer.addEventListener("focusout", (event) => {
  if (![words, completions].includes(event.relatedTarget)) close();
});
completions.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const line = event.target.closest("li");
  if (line) accept(line);
});
composer.addEventListener("keydown", (event) => {
  if (![words, completions].includes(event.target)) return;
  const count = completions.hidden ? 0 : completions.children.length;
  if (event.key === "ArrowDown" && count) {
    event.preventDefault();
    choose((chosen + 1) % count);
  } else if (event.key === "ArrowUp" && count) {
    event.preventDefault();
    choose(chosen > 0 ? chosen - 1 : count - 1);
  } else if (event.key === "ArrowUp" && (recalled || !words.value)) {
    event.preventDefault();
    recall(1);
  } else if (event.key === "ArrowDown" && recalled) {
    event.preventDefault();
    recall(-1);
  } else if (event.key === "Tab" && count && chosen >= 0 && !event.shiftKey) {
    event.preventDefault();
    accept(completions.children[chosen]);
  } else if (event.key === "Escape" && count) {
    event.preventDefault();
    close();
    words.focus();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (chosen >= 0 && count) accept(completions.children[chosen]);
    else if (count && begun()) accept(completions.children[0]);
    else say();
  }
});
