/** Small menus that open on a button: keys move, Escape and a click elsewhere close. */

import { el } from "./dom.js";

const closers = new Set();

/** `items()` gives `{ label, run, danger }` each time the menu opens. */
export function attachMenu(button, menu, items) {
  const close = (focus) => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    closers.delete(close);
    if (focus) button.focus();
  };
  const open = () => {
    for (const other of [...closers]) other(false);
    const entries = items().map((item) => {
      const choose = () => {
        close(true);
        item.run();
      };
      return el("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : null, onclick: choose }, item.label);
    });
    menu.replaceChildren(...entries);
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    closers.add(close);
    entries[0]?.focus();
  };
  button.addEventListener("click", () => (menu.hidden ? open() : close(false)));
  menu.addEventListener("keydown", (event) => moveFocus(event, menu, () => close(true)));
  document.addEventListener("click", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) close(false);
  });
}

/** Arrow keys go round the buttons in `list`; Escape leaves. */
export function moveFocus(event, list, leave) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    event.stopPropagation();
    leave();
  } else if (step) {
    event.preventDefault();
    const entries = [...list.querySelectorAll("button")];
    const next = entries.indexOf(document.activeElement) + step;
    entries.at(next % entries.length)?.focus();
  }
}
