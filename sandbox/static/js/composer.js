/** Where a person writes: the text field, the list of commands, and the bot's reply keyboard. */

import { el, icon, show } from "./dom.js";
import { moveFocus } from "./menu.js";

export class Composer {
  /** `send(content)` sends to the bot and resolves to whether it went out. */
  constructor(root, send) {
    this.send = send;
    this.form = root.querySelector(".composer");
    this.field = root.querySelector("textarea");
    this.commandsButton = root.querySelector(".commands-button");
    this.commandsList = root.querySelector(".commands");
    this.keyboard = root.querySelector(".reply-keyboard");
    this.keyboardButton = root.querySelector(".keyboard-button");
    this.commands = [];
    this.editing = null;
    this.answering = null;
    this.keyboardKey = "null";
    this.#listen();
  }

  /** Takes what a phone's state says of commands and keyboard. */
  update(state) {
    this.commands = state.commands;
    show(this.commandsButton, state.commands.length > 0);
    if (state.commands.length === 0) this.closeCommands();
    const key = JSON.stringify(state.reply_keyboard);
    if (key === this.keyboardKey) return;
    this.keyboardKey = key;
    this.oneTime = state.one_time_keyboard;
    const rows = state.reply_keyboard ?? [];
    const rowsOfButtons = rows.map((row) => el("div", { class: "button-row" }, ...row.map((button) => this.#replyButton(button))));
    this.keyboard.replaceChildren(...rowsOfButtons);
    show(this.keyboardButton, rows.length > 0);
    this.#openKeyboard(rows.length > 0);
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.closeCommands();
    const reply = this.answering === null ? {} : { reply_to: this.answering };
    const content = this.editing === null ? { text, ...reply } : { edit: this.editing, text };
    if (await this.send(content)) this.#leave("");
  }

  /** Puts a sent text back into the field; sending then changes it in place, Escape gives up. */
  edit(messageId, text) {
    this.#leave(text);
    this.editing = messageId;
    this.field.placeholder = "Sunting pesan…";
    this.field.focus();
  }

  /** What is sent next answers that message, as a reply; Escape gives up. */
  answer(messageId) {
    this.#leave(this.field.value);
    this.answering = messageId;
    this.field.placeholder = "Balas pesan itu…";
    this.field.focus();
  }

  /** What was typed went along with a file. */
  clear() {
    this.#leave("");
  }

  closeCommands() {
    show(this.commandsList, false);
    this.commandsButton.setAttribute("aria-expanded", "false");
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      } else if (event.key === "Escape") {
        this.closeCommands();
        if (this.editing !== null || this.answering !== null) this.#leave("");
      } else if (event.key === "ArrowUp" && !this.commandsList.hidden) {
        event.preventDefault();
        this.commandsList.querySelector("button:last-child")?.focus();
      }
    });
    this.field.addEventListener("input", () => {
      this.#grow();
      const typed = /^\/(\w*)$/.exec(this.field.value);
      if (typed) this.#openCommands(typed[1].toLowerCase());
      else this.closeCommands();
    });
    this.commandsButton.addEventListener("click", () => {
      if (!this.commandsList.hidden) return this.closeCommands();
      this.#openCommands("");
      this.commandsList.querySelector("button")?.focus();
    });
    this.commandsList.addEventListener("keydown", (event) =>
      moveFocus(event, this.commandsList, () => {
        this.closeCommands();
        this.field.focus();
      }),
    );
    this.keyboardButton.addEventListener("click", () => this.#openKeyboard(this.keyboard.hidden));
  }

  #openCommands(prefix) {
    const fitting = this.commands.filter((one) => one.command.startsWith(prefix));
    const entries = fitting.map((one) => {
      const choose = async () => {
        this.closeCommands();
        if (await this.send({ text: `/${one.command}` })) this.field.value = "";
        this.field.focus();
      };
      return el("button", { type: "button", onclick: choose }, el("b", {}, `/${one.command}`), el("span", {}, one.description));
    });
    this.commandsList.replaceChildren(...entries);
    show(this.commandsList, entries.length > 0);
    this.commandsButton.setAttribute("aria-expanded", String(entries.length > 0));
  }

  #replyButton(button) {
    const press = async () => {
      const sent = await this.send(button.request_contact ? { contact: true } : { text: button.text });
      if (sent && this.oneTime) this.#openKeyboard(false);
    };
    return el("button", { type: "button", onclick: press }, button.request_contact ? icon("contact") : null, button.text);
  }

  #openKeyboard(open) {
    show(this.keyboard, open);
    this.keyboardButton.setAttribute("aria-expanded", String(open));
    this.keyboardButton.setAttribute("aria-label", open ? "Sembunyikan papan tombol" : "Tampilkan papan tombol");
  }

  #leave(text) {
    this.editing = null;
    this.answering = null;
    this.field.value = text;
    this.field.placeholder = "Tulis pesan…";
    this.#grow();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 130)}px`;
  }
}
