/** The page: which phones are open, the news for each, the bot's status, the hint. */

import { Activity } from "./activity.js";
import * as api from "./api.js";
import { el, show } from "./dom.js";
import { roleOf } from "./format.js";
import { Live } from "./live.js";
import { Phone } from "./phone.js";

const STATUS_EVERY_MS = 4_000;
const STATUS = { on: "Bot tersambung", off: "Menunggu bot", lost: "Sambungan terputus, mencoba lagi…" };
const remembered = {
  get: (name) => JSON.parse(localStorage.getItem(`rekan.${name}`) ?? "null"),
  set: (name, value) => localStorage.setItem(`rekan.${name}`, JSON.stringify(value)),
};

let phones = [];
let people = [];
let current = null;
let misses = 0;
const stage = document.getElementById("phones");
const activity = new Activity(follow);
const live = new Live(takeNews, (connected) => connected || showStatus("lost"));

function takeNews(event) {
  if (event.type === "hello" || event.type === "resync") {
    for (const phone of phones) phone.load();
    refreshStatus();
  } else if (event.type === "call") activity.add(event.call);
  else {
    for (const phone of phones) {
      if (event.user_id === undefined || event.user_id === phone.userId) phone.take(event);
    }
  }
}

function follow() {
  live.follow(phones.map((phone) => phone.userId), activity.isOpen);
}

function open(userId) {
  const phone = new Phone(userId, { people, onHolder: changeHolder, onRemove: remove, onUnseen: drawTabs });
  phones.push(phone);
  stage.append(phone.node);
  return phone;
}

function changeHolder(phone, userId) {
  phone.hold(userId);
  phonesChanged();
}

function remove(phone) {
  phones = phones.filter((one) => one !== phone);
  phone.node.remove();
  if (current === phone) current = phones[0] ?? null;
  phonesChanged();
  document.getElementById("add-phone").focus();
}

function phonesChanged() {
  remembered.set("phones", phones.map((phone) => phone.userId));
  stage.querySelector(".empty-page")?.remove();
  if (phones.length === 0) stage.append(el("p", { class: "empty-page" }, "Belum ada ponsel. Ketuk “Tambah ponsel” untuk membuka satu."));
  follow();
  drawTabs();
}

/** On a narrow screen one phone is shown at a time, chosen by these. */
function drawTabs() {
  current = phones.includes(current) ? current : (phones[0] ?? null);
  for (const phone of phones) phone.node.classList.toggle("shown", phone === current);
  const tabs = phones.map((phone) => {
    const count = phone.unseen > 0 ? el("span", { class: "badge", "aria-label": `${phone.unseen} pesan baru` }, String(phone.unseen)) : null;
    return el("button", { type: "button", class: "tab", "aria-pressed": String(phone === current), onclick: () => choose(phone) }, el("span", {}, phone.name.split(" ")[0]), count);
  });
  document.getElementById("tabs").replaceChildren(...tabs);
  const unseen = phones.reduce((sum, phone) => sum + phone.unseen, 0);
  document.title = `${unseen > 0 ? `(${unseen}) ` : ""}Rekan ASN · Ponsel latihan`;
}

function choose(phone) {
  current = phone;
  drawTabs();
  phone.log.toEnd();
}

function showStatus(state) {
  document.getElementById("status").dataset.state = state;
  const text = document.querySelector(".status-text");
  if (text.textContent !== STATUS[state]) text.textContent = STATUS[state];
}

/** Between two polls the bot is away for a moment; only a second miss means that it is gone. */
async function refreshStatus() {
  try {
    misses = (await api.bot()).connected ? 0 : misses + 1;
    if (misses === 0) showStatus("on");
    else if (misses > 1 || document.getElementById("status").dataset.state !== "on") showStatus("off");
  } catch {
    showStatus("lost");
  }
}

function showHint(visible) {
  show(document.getElementById("hint"), visible);
  document.getElementById("toggle-hint").setAttribute("aria-expanded", String(visible));
  remembered.set("hint", visible);
}

/** The phones asked for in the address, else those of the last visit, else one person of each role. */
function firstPhones() {
  const asked = new URLSearchParams(location.search).get("phones")?.split(",").map(Number).filter((id) => id > 0);
  if (asked?.length > 0) return asked;
  const known = new Set(people.map((one) => one.id));
  const last = (remembered.get("phones") ?? []).filter((id) => known.has(id));
  if (last.length > 0) return last;
  const byRole = new Map();
  for (const one of people) if (!byRole.has(roleOf(one.role))) byRole.set(roleOf(one.role), one.id);
  return [...byRole.values()].slice(0, 3);
}

document.getElementById("toggle-hint").addEventListener("click", () => showHint(document.getElementById("hint").hidden));
document.getElementById("close-hint").addEventListener("click", () => {
  showHint(false);
  document.getElementById("toggle-hint").focus();
});
document.getElementById("add-phone").addEventListener("click", () => {
  const taken = new Set(phones.map((phone) => phone.userId));
  const next = people.find((one) => !taken.has(one.id)) ?? people[0];
  if (!next) return;
  const phone = open(next.id);
  current = phone;
  phonesChanged();
  phone.node.scrollIntoView({ inline: "end", block: "nearest" });
  phone.node.querySelector(".owner-select").focus();
});

try {
  people = await api.people();
} catch {
  showStatus("lost");
}
showHint(remembered.get("hint") ?? true);
for (const userId of firstPhones()) open(userId);
phonesChanged();
setInterval(() => document.hidden || refreshStatus(), STATUS_EVERY_MS);
