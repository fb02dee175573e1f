/** One message as a bubble with its buttons. Knows the message and what can be done with it, not the phone. */

import { isCalendar, isReadable, openDocument } from "./documents.js";
import { el, icon } from "./dom.js";
import { sizeOf, timeOf } from "./format.js";
import { link, richText } from "./rich_text.js";

/** `hands`: press(message, button, element), command(text), link(url) -> true if taken over, answer(message). */
export function bubble(message, hands) {
  const body = el("div", { class: "bubble" });
  if (message.forwarded) body.append(el("span", { class: "forwarded" }, "Diteruskan"));
  if (message.quoted) body.append(el("span", { class: "quoted" }, firstLine(message.quoted)));
  body.append(...contentOf(message));
  if (message.text) {
    const command = message.from === "bot" ? hands.command : null;
    body.append(el("p", { class: "text" }, ...richText(message.text, message.entities, command, hands.link)));
  }
  if (message.from === "bot") body.addEventListener("dblclick", () => hands.answer(message));
  body.append(el("span", { class: "meta" }, `${message.edited ? "diedit · " : ""}${timeOf(message.date)}`));
  const speaker = el("span", { class: "sr-only" }, message.from === "bot" ? "Rekan: " : "Anda: ");
  return el(
    "div",
    { class: `message ${message.from}`, "data-message-id": message.message_id },
    speaker,
    body,
    message.keyboard === "inline" && message.buttons.length > 0 ? inlineButtons(message, hands) : null,
  );
}

function firstLine(text) {
  const line = text.split("\n", 1)[0];
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function contentOf(message) {
  if (message.photo) {
    return [el("img", { class: "photo", src: message.photo.url, alt: message.text || "Foto", loading: "lazy" })];
  }
  if (message.document) return [fileCard(message.document)];
  if (message.contact) return [contactCard(message.contact)];
  if (message.kind === "sticker") return [el("span", { class: "kind" }, "Stiker 👍")];
  if (message.kind === "voice") return [el("span", { class: "kind" }, "Pesan suara, 3 detik")];
  return [];
}

function fileCard(file) {
  const download = el("a", { href: file.url, download: file.file_name }, "Unduh");
  const open = isReadable(file) ? el("button", { type: "button", onclick: () => openDocument(file) }, "Buka") : null;
  return el(
    "div",
    { class: "file" },
    el("span", { class: "file-icon" }, icon(isCalendar(file) ? "calendar" : "file")),
    el("span", { class: "file-name" }, file.file_name),
    el("span", { class: "file-size" }, sizeOf(file.size)),
    el("div", { class: "file-actions" }, open, download),
  );
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "file" },
    el("span", { class: "file-icon" }, icon("contact")),
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, `Kontak · ${contact.phone_number}`),
  );
}

function inlineButtons(message, hands) {
  const rows = message.buttons.map((row) => el("div", { class: "button-row" }, ...row.map((button) => inlineButton(message, button, hands))));
  return el("div", { class: "buttons", role: "group", "aria-label": "Pilihan" }, ...rows);
}

function inlineButton(message, button, hands) {
  if (button.url) return link(button.url, [button.text], hands.link, "link");
  const element = el("button", { type: "button" }, button.text);
  element.addEventListener("click", () => hands.press(message, button, element));
  return element;
}
