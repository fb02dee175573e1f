/** Message texts with Telegram's entities, as nodes. JavaScript strings count in UTF-16 units, as entities do. */

import { el } from "./dom.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "q" };

/** Nodes for `text`; `onCommand(command)` is called when a person taps a command, `onLink(url)` may take over a link. */
export function richText(text, entities, onCommand, onLink) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween(text, sorted, 0, text.length, onCommand, onLink);
}

function nodesBetween(text, entities, from, to, onCommand, onLink) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || entity.offset >= to) continue;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = nodesBetween(text, entities.slice(index + 1), entity.offset, end, onCommand, onLink);
    nodes.push(wrap(entity, text.slice(entity.offset, end), inner, onCommand, onLink));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, text, inner, onCommand, onLink) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, ...inner);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, ...inner);
  if (entity.type === "bot_command" && onCommand) {
    return el("button", { type: "button", class: "command", onclick: () => onCommand(text) }, text);
  }
  if (entity.type === "url" || entity.type === "text_link") return link(entity.url ?? text, inner, onLink);
  return el("span", {}, ...inner);
}

/** A link to the outside, if it is one of the web; plain text otherwise. */
export function link(url, inner, onLink, className = null) {
  if (!/^https?:\/\//i.test(url)) return el("span", { class: className }, ...inner);
  const anchor = el("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: className }, ...inner);
  anchor.addEventListener("click", (event) => {
    if (onLink?.(url)) event.preventDefault();
  });
  return anchor;
}
