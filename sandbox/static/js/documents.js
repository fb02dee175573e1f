/** Opens received files in a sheet: calendar invitations as facts, other texts as they are. */

import { el } from "./dom.js";
import { dateOf, dateTimeOf } from "./format.js";
import { openSheet } from "./sheet.js";

export const isCalendar = (file) => file.mime_type === "text/calendar" || file.file_name.toLowerCase().endsWith(".ics");
export const isReadable = (file) => isCalendar(file) || file.mime_type.startsWith("text/");

export async function openDocument(file) {
  const text = await (await fetch(file.url)).text();
  const download = el("a", { class: "primary", href: file.url, download: file.file_name }, "Unduh");
  const actions = el("div", { class: "sheet-actions" }, download);
  const events = isCalendar(file) ? eventsIn(text) : [];
  const shown = events.length > 0 ? events.map(eventFacts) : [el("pre", {}, text.slice(0, 20_000))];
  openSheet(file.file_name, ...shown, actions);
}

function eventFacts(event) {
  const rows = [["Acara", event.SUMMARY], ["Mulai", event.DTSTART], ["Selesai", event.DTEND], ["Tempat", event.LOCATION], ["Keterangan", event.DESCRIPTION]];
  const facts = rows.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  return el("dl", { class: "facts" }, ...facts);
}

/** The file's VEVENTs with the properties a person cares about, times readable. */
export function eventsIn(text) {
  const lines = text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const events = [];
  let depth = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const [name, ...parameters] = line.slice(0, colon).split(";");
    const value = line.slice(colon + 1);
    if (name === "BEGIN") {
      depth.push(value);
      if (value === "VEVENT") events.push({});
    } else if (name === "END") {
      depth.pop();
    } else if (depth.at(-1) === "VEVENT") {
      events.at(-1)[name] = name.startsWith("DT") ? readableTime(value) : unescaped(value, parameters);
    }
  }
  return events;
}

const unescaped = (value) => value.replace(/\\([nN,;\\])/g, (_, sign) => (sign.toLowerCase() === "n" ? "\n" : sign));

function readableTime(value) {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value);
  if (!parts) return value;
  const [, year, month, date, hour, minute, second, utc] = parts;
  if (hour === undefined) return dateOf(new Date(`${year}-${month}-${date}T00:00:00+07:00`));
  return dateTimeOf(new Date(`${year}-${month}-${date}T${hour}:${minute}:${second}${utc || "+07:00"}`));
}
