/* Marks what is on now in a programme, on the day itself. The clock is the event's own time zone,
   so that a visitor abroad sees the same session marked as the people in the hall. */

const MINUTE = 60_000;

/* `at`: the moment at which a preview shows the page; on the public page there is none, and it is now. */
function clock(zone, at) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone || undefined,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at ? new Date(at) : new Date());
  const part = (type) => parts.find((item) => item.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

function dayAfter(date) {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/* An end before its start belongs to the next day; a session without an end lasts until the next one begins. */
function isOn(session, next, now) {
  const { date, start, end } = session.dataset;
  if (!date || !start) return false;
  const begins = `${date}T${start}`;
  let ends = "";
  if (end) ends = `${end < start ? dayAfter(date) : date}T${end}`;
  else if (next?.dataset.start) ends = `${date}T${next.dataset.start}`;
  return Boolean(ends) && begins <= now && now < ends;
}

function mark(programme) {
  const now = clock(programme.dataset.zone, programme.dataset.at);
  for (const list of programme.querySelectorAll("[data-nr-sessions]")) {
    const sessions = [...list.children].filter((session) => !session.hasAttribute("data-nr-cancelled"));
    sessions.forEach((session, index) => {
      const on = isOn(session, sessions[index + 1], now);
      if (on === session.classList.contains("nr-session-now")) return;
      session.classList.toggle("nr-session-now", on);
      if (on) {
        session.setAttribute("aria-current", "time");
        const label = document.createElement("span");
        label.className = "nr-now";
        label.textContent = programme.dataset.now;
        session.querySelector(".nr-session-name")?.prepend(label, " ");
      } else {
        session.removeAttribute("aria-current");
        session.querySelector(".nr-now")?.remove();
      }
    });
  }
}

for (const programme of document.querySelectorAll("[data-nr-agenda]")) {
  const days = new Set([...programme.querySelectorAll("[data-date]")].map((session) => session.dataset.date));
  const today = clock(programme.dataset.zone, programme.dataset.at).slice(0, 10);
  const near = [...days].some((day) => day === today || dayAfter(day) === today || dayAfter(today) === day);
  if (!near) continue;
  mark(programme);
  setInterval(() => mark(programme), MINUTE / 2);
}
