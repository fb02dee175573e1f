/** One phone: whose it is, the chat with the bot, and what its holder can do. */

import * as api from "./api.js";
import { ChatLog } from "./chat_log.js";
import { Composer } from "./composer.js";
import { el, show } from "./dom.js";
import { chooseFile, inBase64 } from "./files.js";
import { initialsOf, roleOf } from "./format.js";
import { attachMenu } from "./menu.js";
import { openSheet } from "./sheet.js";

const PRESS_PATIENCE_MS = 10_000;
const TOAST_MS = 4_500;
const DOING = { upload_document: "mengirim berkas…", upload_photo: "mengirim foto…" };

export class Phone {
  /** `page`: people (all samples), onHolder(phone, id), onRemove(phone), onUnseen(). */
  constructor(userId, page) {
    this.userId = userId;
    this.page = page;
    this.waiting = [];
    this.unseen = 0;
    this.node = document.getElementById("phone-template").content.cloneNode(true).firstElementChild;
    this.find = (selector) => this.node.querySelector(selector);
    const hands = {
      press: (message, button, element) => this.#press(message, button, element),
      command: (text) => this.#send({ text }),
      link: (url) => this.#startFromLink(url),
      answer: (message) => this.composer.answer(message.message_id),
    };
    this.log = new ChatLog(this.find(".log"), hands, (count) => this.#showUnseen(count));
    this.composer = new Composer(this.node, (content) => this.#send(content));
    this.#listen();
    this.#fillPicker();
  }

  get name() {
    const person = this.#sample();
    return person?.name ?? ([this.state?.first_name, this.state?.last_name].filter(Boolean).join(" ") || `Orang ${this.userId}`);
  }

  /** Loads everything anew; news that arrive meanwhile are applied afterwards. */
  async load() {
    const waiting = [];
    this.waiting = waiting;
    try {
      const [state, messages] = await Promise.all([api.phone(this.userId), api.messages(this.userId)]);
      if (this.waiting !== waiting) return;
      this.#showState(state);
      if (!this.log.agreesWith(messages)) this.log.clear();
      if (this.log.isEmpty) this.log.welcome(this.#welcome());
      for (const message of messages) this.log.put(message, true);
    } catch (error) {
      this.#toast(error.message);
    }
    if (this.waiting !== waiting) return;
    this.waiting = null;
    for (const event of waiting) this.take(event);
  }

  /** One piece of news about this phone. */
  take(event) {
    if (this.waiting !== null) this.waiting.push(event);
    else if (event.type === "message" || event.type === "edit") this.#takeMessage(event);
    else if (event.type === "action") this.#typing(event.action);
    else if (event.type === "answer") this.#takeAnswer(event);
    else if (event.type === "state" || event.type === "profile") this.#refreshState();
  }

  hold(userId) {
    this.userId = userId;
    this.log.clear();
    this.load();
  }

  #takeMessage({ message }) {
    this.log.put(message);
    if (message.from === "bot") this.#typing(null);
    const changesKeyboard = message.keyboard !== null && message.keyboard !== "inline";
    if (changesKeyboard || message.deleted || !this.state?.started) this.#refreshState();
  }

  #takeAnswer(event) {
    for (const button of this.node.querySelectorAll(`[data-message-id="${Number(event.message_id)}"] [aria-busy]`)) {
      button.removeAttribute("aria-busy");
    }
    if (!event.text) return;
    if (event.show_alert) openSheet("Rekan ASN", el("p", {}, event.text));
    else this.#toast(event.text);
  }

  async #refreshState() {
    try {
      this.#showState(await api.phone(this.userId));
    } catch (error) {
      this.#toast(error.message);
    }
  }

  #showState(state) {
    this.state = state;
    const person = this.#sample();
    this.node.setAttribute("aria-label", `Ponsel ${this.name}`);
    this.find(".avatar").textContent = initialsOf(this.name);
    this.find(".owner-name").textContent = this.name;
    this.find(".owner-role").textContent = person ? [roleOf(person.role), person.unit].filter(Boolean).join(" · ") : "Orang lain";
    const note = [person?.note, state.phone_number ?? person?.phone_number].filter(Boolean).join(" · ");
    this.find(".owner-note").textContent = note;
    this.find(".owner-note").title = note;
    this.find(".bot-name").textContent = state.bot.name;
    this.#typing(null);
    this.composer.update(state);
    const open = state.started && !state.blocked;
    show(this.composer.form, open);
    show(this.composer.keyboard, open && !this.composer.keyboard.hidden);
    show(this.find(".begin"), !open);
    this.find(".begin-button").textContent = state.blocked ? "Buka blokir dan mulai lagi" : "Mulai";
    if (!open) this.composer.closeCommands();
    this.page.onUnseen();
  }

  #welcome() {
    const text = this.state.bot.description || "Ketuk Mulai untuk memulai percakapan.";
    const picture = el("img", { src: "/static/icon.svg", alt: "", width: "44", height: "44" });
    return el("div", { class: "welcome" }, picture, el("strong", {}, this.state.bot.name), text);
  }

  #typing(action) {
    const line = this.find(".bot-line");
    line.toggleAttribute("data-typing", Boolean(action));
    const blocked = this.state?.blocked;
    line.querySelector(".bot-state").textContent = action ? (DOING[action] ?? "sedang mengetik…") : blocked ? "diblokir di ponsel ini" : "bot";
    this.log.typing(Boolean(action));
    clearTimeout(this.typingTimer);
    if (action) this.typingTimer = setTimeout(() => this.#typing(null), 5_500);
  }

  async #send(content) {
    try {
      await api.write(this.userId, content);
      this.log.toEnd();
      return true;
    } catch (error) {
      this.#toast(error.message);
      return false;
    }
  }

  async #press(message, button, element) {
    if (element.hasAttribute("aria-busy")) return;
    element.setAttribute("aria-busy", "true");
    setTimeout(() => element.removeAttribute("aria-busy"), PRESS_PATIENCE_MS);
    try {
      await api.press(this.userId, message.message_id, button.data);
    } catch (error) {
      element.removeAttribute("aria-busy");
      this.#toast(error.message);
    }
  }

  /** A link that starts this bot works here as in Telegram: it presses Start with the link's code. */
  #startFromLink(url) {
    const link = new URL(url);
    const toBot = link.hostname === "t.me" && link.pathname.slice(1).toLowerCase() === this.state.bot.username.toLowerCase();
    if (toBot) this.#send({ start: link.searchParams.get("start") || true });
    return toBot;
  }

  #listen() {
    const picker = this.find(".owner-select");
    picker.addEventListener("change", () => this.page.onHolder(this, Number(picker.value)));
    this.find(".remove-phone").addEventListener("click", () => this.page.onRemove(this));
    this.find(".begin-button").addEventListener("click", () => this.#send({ start: true }));
    this.find(".to-end").addEventListener("click", () => {
      this.log.toEnd();
      this.composer.field.focus();
    });
    attachMenu(this.find(".menu-button"), this.find(".menu"), () => this.#menuItems());
  }

  #menuItems() {
    if (this.state?.blocked) return [{ label: "Buka blokir bot", run: () => this.#block(false) }];
    const others = [
      { label: "Bagikan nomor saya", run: () => this.#send({ contact: true }) },
      { label: "Teruskan kontak rekan", run: () => this.#forwardContact() },
      { label: "Sunting pesan terakhir", run: () => this.#editLast() },
      { label: "Balas pesan terakhir Rekan", run: () => this.#answerLast() },
      { label: "Kirim stiker", run: () => this.#send({ sticker: true }) },
      { label: "Kirim pesan suara", run: () => this.#send({ voice: true }) },
      { label: "Kirim foto", run: () => this.#send({ photo: true }) },
      { label: "Kirim berkas…", run: () => this.#sendFile() },
    ];
    const block = { label: "Blokir bot", danger: true, run: () => this.#block(true) };
    return this.state?.started ? [...others, block] : [block];
  }

  #editLast() {
    const last = this.log.lastOwnText();
    if (last) this.composer.edit(last.message_id, last.text);
    else this.#toast("Belum ada pesan Anda yang dapat disunting.");
  }

  #answerLast() {
    const last = this.log.lastOfBot();
    if (last) this.composer.answer(last.message_id);
    else this.#toast("Belum ada pesan Rekan yang dapat dibalas.");
  }

  #forwardContact() {
    const other = this.page.people.find((one) => one.id !== this.userId && one.phone_number);
    if (other) this.#send({ contact: { phone_number: other.phone_number, first_name: other.name, user_id: other.id }, forwarded: true });
    else this.#toast("Tidak ada rekan lain yang nomornya diketahui.");
  }

  /** What stands in the text field goes along as its caption. A picture is sent as a photo, as phones do. */
  async #sendFile() {
    const file = await chooseFile();
    if (!file) return;
    const kind = /^image\/(png|jpeg)$/.test(file.type) ? "photo" : "document";
    const caption = this.composer.field.value.trim();
    const sent = await this.#send({ [kind]: { file_name: file.name, content: await inBase64(file) }, caption });
    if (sent) this.composer.clear();
  }

  async #block(blocked) {
    try {
      await api.block(this.userId, blocked);
      this.#toast(blocked ? "Bot diblokir. Pesannya tidak lagi sampai ke ponsel ini." : "Blokir dibuka.");
    } catch (error) {
      this.#toast(error.message);
    }
  }

  #fillPicker() {
    const groups = groupByRole(this.page.people);
    const options = [...groups].map(([role, people]) =>
      el("optgroup", { label: role }, ...people.map((one) => this.#option(one.id, one.name))),
    );
    if (!this.#sample()) options.unshift(this.#option(this.userId, `Orang ${this.userId}`));
    this.find(".owner-select").replaceChildren(...options);
  }

  #option(id, label) {
    return el("option", { value: id, selected: id === this.userId }, label);
  }

  #sample() {
    return this.page.people.find((one) => one.id === this.userId);
  }

  #showUnseen(count) {
    this.unseen = count;
    const button = this.find(".to-end");
    button.textContent = `↓ ${count} pesan baru`;
    show(button, count > 0);
    this.page.onUnseen();
  }

  #toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    show(toast, true);
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => show(toast, false), TOAST_MS);
  }
}

function groupByRole(people) {
  const groups = new Map();
  for (const one of people) groups.set(roleOf(one.role), [...(groups.get(roleOf(one.role)) ?? []), one]);
  return groups;
}
