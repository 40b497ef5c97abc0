/* Reads the calendar that comes in with ical.js, whose module is named first, and tells what it found as JSON. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);
const component = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

for (const rules of component.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(rules));
}

function told(time) {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${time} has no zone`);
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

const events = {};
for (const each of component.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(each);
  events[event.uid] = {
    summary: event.summary,
    start: told(event.startDate),
    end: told(event.endDate),
    sequence: event.sequence,
    status: each.getFirstPropertyValue("status"),
    location: event.location,
    description: event.description,
  };
}

console.log(JSON.stringify({ events, name: component.getFirstPropertyValue("x-wr-calname") }));
