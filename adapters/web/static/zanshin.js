"use strict";
// The playground's page: sends what people type and press, shows what comes back. It decides nothing.
const $ = (selector, root = document) => root.querySelector(selector);
const { as, in: here } = document.body.dataset;
let offset = Number(document.body.dataset.offset);
const posts = $("#posts"),
  words = $("#words"),
  dialog = $("#dialog"),
  completions = $("#completions"),
  live = $("#live");
const { help, people, sayings } = JSON.parse($("#given").textContent);

// --- time ------------------------------------------------------------------------------------
const skew = Date.parse(document.body.dataset.now) - offset * 1000 - Date.now();
const now = () => Date.now() + skew + offset * 1000;
const two = (number) => String(number).padStart(2, "0");
function tellTimes(root) {
  // A clock that was stopped on one card is stopped on every card that shows it, also on private ones of before.
  for (const stopped of root.querySelectorAll("time[data-until]"))
    for (const same of document.querySelectorAll(`time[datetime="${CSS.escape(stopped.dateTime)}"]`))
      same.dataset.until = stopped.dataset.until;
  for (const time of root.querySelectorAll("time[data-style]")) {
    const at = new Date(time.dateTime);
    if (time.dataset.style === "elapsed") {
      const end = time.dataset.until ? new Date(time.dataset.until) : now();
      const seconds = Math.max(0, Math.floor((end - at) / 1000));
      time.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    } else if (time.dataset.style === "date")
      time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    else {
      const today = at.toDateString() === new Date(now()).toDateString();
      const day = today ? {} : { weekday: "short", day: "numeric", month: "short" };
      time.textContent = at.toLocaleString([], { ...day, hour: "2-digit", minute: "2-digit" });
    }
  }
}
function tick() {
  $("#clock").textContent = new Date(now()).toLocaleTimeString();
  tellTimes(document);
}
setInterval(tick, 1000);

// --- waits -----------------------------------------------------------------------------------
function startWaits(root) {
  for (const wait of root.querySelectorAll(".wait:not([data-started])")) {
    wait.dataset.started = "yes";
    const total = Number(wait.dataset.seconds),
      number = $(".number", wait),
      counts = wait.classList.contains("count");
    const began = Date.now();
    const timer = setInterval(() => {
      const gone = Math.floor((Date.now() - began) / 1000);
      number.textContent = counts ? Math.min(gone + 1, total) : Math.max(total - gone, 0);
      if (gone >= total || !wait.isConnected) clearInterval(timer);
    }, 200);
  }
}

// --- showing ---------------------------------------------------------------------------------
function show(post) {
  if (post.conversation !== here) return;
  const made = document.createElement("template");
  made.innerHTML = post.html.trim();
  const fresh = made.content.firstElementChild,
    old = document.getElementById(fresh.id);
  if (old && old.outerHTML === fresh.outerHTML) return;
  $(".empty", posts)?.remove();
  tellTimes(fresh);
  if (old) {
    if (old.dataset.html === post.html) return;
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) ($(".button.primary", fresh) ?? fresh).focus();
  } else {
    // One that could not be stored has a negative id, and stands where it came.
    const next = post.id > 0 && [...posts.querySelectorAll(".post")].find((one) => Number(one.dataset.id) > post.id);
    posts.insertBefore(fresh, next || null);
    if (!next) fresh.scrollIntoView({ block: "end" });
    live.textContent = fresh.textContent.replace(/\s+/g, " ").slice(0, 300);
    seen();
  }
  fresh.dataset.html = post.html;
  startWaits(fresh);
}
function seen() {
  const last = posts.lastElementChild?.dataset.id;
  if (last && document.visibilityState === "visible")
    send("/seen", { as, in: here, last: Number(last) }).catch(() => {});
}
async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...(await answer.json()) };
}
const waiting = new Map();
async function act(path, body) {
  const what = path + JSON.stringify(body);
  const key = waiting.get(what) ?? crypto.randomUUID();
  waiting.set(what, key);
  try {
    const answer = await send(path, { ...body, key });
    // Nothing was changed: the same once more is the same act.
    if (answer.status !== 503) waiting.delete(what);
    return take(answer) && answer.status !== 503;
  } catch {
    live.textContent = "";
    complain(sayings.unreachable);
    return false;
  }
}
function take(answer) {
  if (answer.kind === "posts") {
    dialog.close();
    answer.posts.forEach(show);
  } else if (answer.kind === "form") {
    dialog.innerHTML = answer.html;
    dialog.showModal();
  } else if (answer.kind === "field_errors") {
    if (!dialog.open) return complain(Object.values(answer.errors).join(" "));
    for (const shown of dialog.querySelectorAll(".error")) shown.textContent = "";
    for (const [name, text] of Object.entries(answer.errors)) {
      const place = document.getElementById(`error-${name}`) ?? document.getElementById("error-");
      place.textContent = text;
      const input = document.getElementById(`input-${name}`);
      if (input) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
      }
    }
    return false;
  } else if (answer.kind === "error") {
    complain(answer.text);
    return false;
  } else dialog.close();
  return true;
}
function complain(text) {
  const lost = $("#lost");
  lost.textContent = text;
  lost.hidden = false;
  setTimeout(() => {
    lost.hidden = true;
  }, 8000);
}

async function copy(button) {
  const copied = await navigator.clipboard.writeText(button.dataset.copy).then(
    () => true,
    () => false,
  );
  button.textContent = live.textContent = copied ? sayings.copied : sayings.uncopied;
}

// --- acting ----------------------------------------------------------------------------------
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || button.ariaBusy) return;
  if (button.dataset.copy !== undefined) await copy(button);
  else if (button.dataset.push) await send("/clock", { as, push: button.dataset.push });
  else if ("close" in button.dataset) dialog.close();
  else if (button.id === "theme") useTheme(themes[(themes.indexOf(theme()) + 1) % themes.length]);
  else if (button.classList.contains("menu")) button.setAttribute("aria-expanded", $("nav").classList.toggle("open"));
  else if (button.dataset.command) {
    const post = button.closest(".post");
    button.setAttribute("aria-busy", "true"); // not disabled: that would take the focus away
    await act("/press", {
      as,
      in: here,
      post: post ? Number(post.dataset.id) : null,
      command: button.dataset.command,
      fields: JSON.parse(button.dataset.fields),
    });
    button.removeAttribute("aria-busy");
  }
});
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "composer") return say();
  const fields = { ...JSON.parse(form.dataset.fields ?? "{}"), ...Object.fromEntries(new FormData(form)) };
  const post = form.closest(".post");
  await act(form.closest("dialog") ? "/submit" : "/press", {
    as,
    in: here,
    post: post ? Number(post.dataset.id) : null,
    command: form.dataset.command,
    fields,
  });
});
async function say() {
  const typed = words.value;
  if (!typed.trim()) return;
  // The box is free for the next words at once; words that could not be sent come back into it.
  words.value = "";
  complete();
  if (!(await act("/say", { as, in: here, words: typed })) && !words.value) words.value = typed;
}

// --- the command box -------------------------------------------------------------------------
let chosen = -1;
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
  const found = candidates().slice(0, 6);
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
  completions.hidden = !found.length;
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}
function choose(number) {
  chosen = number;
  [...completions.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === number)));
  if (number < 0) return words.removeAttribute("aria-activedescendant");
  words.setAttribute("aria-activedescendant", completions.children[number].id);
  completions.children[number].scrollIntoView({ block: "nearest" });
}
function close() {
  completions.hidden = true;
  choose(-1);
}
function accept(line) {
  // What stands there already is never taken away: somebody may be in the middle of a sentence.
  if (line.dataset.typed.length > words.value.length) words.value = line.dataset.typed;
  close();
  words.focus();
}
words.addEventListener("input", complete);
words.addEventListener("blur", close);
completions.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const line = event.target.closest("li");
  if (line) accept(line);
});
words.addEventListener("keydown", (event) => {
  const count = completions.hidden ? 0 : completions.children.length;
  if (event.key === "ArrowDown" && count) {
    event.preventDefault();
    choose((chosen + 1) % count);
  } else if (event.key === "ArrowUp" && count) {
    event.preventDefault();
    choose((chosen - 1 + count) % count);
  } else if (event.key === "Tab" && count && chosen >= 0 && !event.shiftKey) {
    event.preventDefault();
    accept(completions.children[chosen]);
  } else if (event.key === "Escape" && count) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (chosen >= 0 && count) accept(completions.children[chosen]);
    else say();
  }
});

// --- theme, events ---------------------------------------------------------------------------
const themes = ["auto", "light", "dark"];
function useTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  $("#theme").textContent = sayings.themes[name];
  localStorage.setItem("theme", name);
}
const theme = () => (themes.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto");
useTheme(theme());
const title = document.title;
function listen() {
  const events = new EventSource(`/events?as=${encodeURIComponent(as)}&in=${encodeURIComponent(here)}`);
  events.addEventListener("post", (event) => show(JSON.parse(event.data)));
  events.addEventListener("sidebar", (event) => {
    const { html, elsewhere: unread } = JSON.parse(event.data);
    const within = $("#conversations").contains(document.activeElement)
      ? document.activeElement.getAttribute("href")
      : null;
    $("#conversations").innerHTML = html;
    if (within) $(`#conversations a[href="${CSS.escape(within)}"]`)?.focus();
    document.title = unread ? `(${unread}) ${title}` : title;
  });
  events.addEventListener("clock", (event) => {
    const { offset_seconds, ahead } = JSON.parse(event.data);
    offset = offset_seconds;
    $("#ahead").textContent = ahead;
    tick();
  });
  events.onerror = () => {
    $("#lost").hidden = false;
  };
  events.onopen = () => {
    $("#lost").hidden = true;
  };
}
document.addEventListener("visibilitychange", seen);
tick();
startWaits(document);
listen();
seen();
posts.scrollTop = posts.scrollHeight;
words.focus();
