/** The scrolling list of messages of one phone: adds, replaces, removes, and keeps its place. */

import { bubble } from "./bubble.js";
import { el } from "./dom.js";
import { dayKeyOf, dayOf } from "./format.js";

const NEAR_END_PIXELS = 60;
const TYPING_MS = 5_500;

export class ChatLog {
  /** `onUnseen(count)` is told how many messages of the bot lie below what is visible. */
  constructor(element, hands, onUnseen) {
    this.element = element;
    this.hands = hands;
    this.onUnseen = onUnseen;
    this.shown = new Map();
    this.unseen = 0;
    this.lastDay = null;
    this.following = true;
    element.addEventListener("scroll", () => {
      this.following = this.atEnd;
      if (this.following) this.#setUnseen(0);
    });
    // A keyboard or a panel that takes room must not push the newest message out of view.
    new ResizeObserver(() => this.following && this.toEnd()).observe(element);
  }

  /** Whether the newest message is in view; never on a phone that is not shown. */
  get atEnd() {
    return this.element.clientHeight > 0 && this.#belowView < NEAR_END_PIXELS;
  }

  get #belowView() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight;
  }

  get isEmpty() {
    return this.shown.size === 0;
  }

  /** Whether all that is shown is among `messages`; not so after the sandbox has started afresh. */
  agreesWith(messages) {
    const dates = new Map(messages.map((one) => [one.message_id, one.date]));
    return [...this.shown.values()].every(({ message }) => dates.get(message.message_id) === message.date);
  }

  clear() {
    this.shown.clear();
    this.lastDay = null;
    this.typing(false);
    this.element.replaceChildren();
    this.#setUnseen(0);
  }

  /** The person's newest text, if there is one. */
  lastOwnText() {
    return [...this.shown.values()].map((one) => one.message).findLast((one) => one.from === "user" && one.kind === "text");
  }

  /** The bot's newest message, if there is one. */
  lastOfBot() {
    return [...this.shown.values()].map((one) => one.message).findLast((one) => one.from === "bot");
  }

  /** Shows a message, new or changed. A message that is already shown as it is stays untouched. */
  put(message, quietly = false) {
    const key = JSON.stringify(message);
    const old = this.shown.get(message.message_id);
    if (old?.key === key) return;
    const follow = this.atEnd || message.from === "user";
    if (message.from === "bot") this.typing(false);
    if (message.deleted) {
      old?.node.remove();
      this.shown.delete(message.message_id);
      return;
    }
    const node = bubble(message, this.hands);
    this.shown.set(message.message_id, { key, node, message });
    if (old) old.node.replaceWith(node);
    else this.#append(node, message);
    if (follow) this.toEnd();
    else if (!old && !quietly && message.from === "bot") this.#setUnseen(this.unseen + 1);
  }

  toEnd() {
    this.following = true;
    this.element.scrollTop = this.element.scrollHeight;
    this.#setUnseen(0);
  }

  typing(active) {
    clearTimeout(this.typingTimer);
    this.typingNode?.remove();
    this.typingNode = null;
    if (!active) return;
    const follow = this.atEnd;
    const dots = el("div", { class: "bubble typing" }, el("i"), el("i"), el("i"));
    this.typingNode = el("div", { class: "message bot", "aria-hidden": "true" }, dots);
    this.element.append(this.typingNode);
    if (follow) this.toEnd();
    this.typingTimer = setTimeout(() => this.typing(false), TYPING_MS);
  }

  welcome(node) {
    this.element.replaceChildren(node);
  }

  #append(node, message) {
    const day = dayKeyOf(message.date);
    // The welcome gives way to the first message.
    if (this.lastDay === null) this.element.replaceChildren();
    if (this.lastDay !== day) this.element.append(el("div", { class: "day" }, dayOf(message.date)));
    this.lastDay = day;
    this.element.append(node);
    if (this.typingNode) this.element.append(this.typingNode);
  }

  #setUnseen(count) {
    this.unseen = count;
    this.onUnseen(count);
  }
}
