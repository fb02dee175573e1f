/** The "Peristiwa" panel: the bot's latest calls, newest first. */

import * as api from "./api.js";
import { el, show } from "./dom.js";
import { secondOf } from "./format.js";

const KEPT = 60;

export class Activity {
  constructor(onToggle) {
    this.panel = document.getElementById("activity");
    this.list = document.getElementById("calls");
    this.button = document.getElementById("toggle-activity");
    this.last = 0;
    this.onToggle = onToggle;
    this.button.addEventListener("click", () => this.toggle(!this.isOpen));
    document.getElementById("close-activity").addEventListener("click", () => {
      this.toggle(false);
      this.button.focus();
    });
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  async toggle(open) {
    show(this.panel, open);
    this.button.setAttribute("aria-expanded", String(open));
    this.onToggle();
    if (open) for (const call of await api.calls()) this.add(call);
  }

  add(call) {
    if (call.call_id <= this.last) return;
    this.last = call.call_id;
    this.list.prepend(entry(call));
    while (this.list.childElementCount > KEPT) this.list.lastElementChild.remove();
  }
}

function entry(call) {
  const to = call.body.chat_id ? `ke ${call.body.chat_id}` : "";
  const said = call.body.text ?? call.body.caption ?? call.body.action ?? call.body.description ?? "";
  const detail = call.ok ? [to, said].filter(Boolean).join(" · ") : [to, call.description].filter(Boolean).join(" · ");
  return el(
    "li",
    { class: "call" },
    el("span", { class: "call-time" }, secondOf(call.at)),
    el("span", { class: "call-method" }, call.method),
    el("span", { class: call.ok ? "call-result" : "call-result failed" }, call.ok ? "baik" : `gagal ${call.error_code || "putus"}`),
    detail ? el("span", { class: "call-detail" }, detail) : null,
  );
}
