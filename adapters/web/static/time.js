// The playground's clock, times in the reader's zone, and pauses that are taken while one looks.
import { $, sayings, zones } from "./given.js";

let offset = Number(document.body.dataset.offset);
const skew = Date.parse(document.body.dataset.now) - offset * 1000 - Date.now();
const now = () => Date.now() + skew + offset * 1000;
const two = (number) => String(number).padStart(2, "0");

// Where somebody of the team reads another time than this browser shows, every time says of which zone it is.
const reads = (timeZone) => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" });
const mine = reads(),
  others = zones.flatMap(reader);
function reader(zone) {
  try {
    return [reads(zone)];
  } catch {
    return []; // a zone this browser does not know
  }
}
const zoneName = (at) => (others.some((one) => one.format(at) !== mine.format(at)) ? { timeZoneName: "short" } : {});
const minute = { hour: "2-digit", minute: "2-digit" },
  weekday = { weekday: "short", day: "numeric", month: "short" },
  date = { day: "numeric", month: "short", year: "numeric" };

export function setClock(clock) {
  offset = clock.offset_seconds;
  if ($("#ahead").textContent !== clock.ahead) $("#ahead").textContent = clock.ahead;
  tick();
}
export function tick() {
  $("#clock").textContent = new Date(now()).toLocaleTimeString();
  tellTimes(document);
}
export function tellTimes(root) {
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
      time.textContent = at.toLocaleString([], { ...date, ...minute, ...zoneName(at) });
    else {
      const today = at.toDateString() === new Date(now()).toDateString();
      const zone = time.closest("header") ? {} : zoneName(at); // a post above another is no promise
      time.textContent = at.toLocaleString([], { ...(today ? {} : weekday), ...minute, ...zone });
    }
  }
}
export function startWaits(root, done) {
  for (const wait of root.querySelectorAll(".wait:not([data-state])")) {
    wait.dataset.state = "running";
    const total = Number(wait.dataset.seconds),
      number = $(".number", wait),
      counts = wait.classList.contains("count");
    const began = Date.now();
    const timer = setInterval(() => {
      const gone = Math.floor((Date.now() - began) / 1000);
      number.textContent = counts ? Math.min(gone + 1, total) : Math.max(total - gone, 0);
      if (!wait.isConnected) clearInterval(timer);
      else if (gone >= total) {
        clearInterval(timer);
        wait.dataset.state = "done";
        done(sayings.rested);
      }
    }, 200);
  }
}
