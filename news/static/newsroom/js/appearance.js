/* "Appearance settings": text size, spacing and contrast, kept in this browser only (localStorage, no cookie).
   Loaded before the first paint, so that a page never flashes in the wrong size; without JavaScript the button stays hidden. */

const KEY = "newsroom-appearance";
const root = document.documentElement;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function keep(settings) {
  try {
    if (Object.keys(settings).length) localStorage.setItem(KEY, JSON.stringify(settings));
    else localStorage.removeItem(KEY);
  } catch {
    /* Storage may be switched off: the choice then lasts for this page. */
  }
}

function apply(settings) {
  for (const name of ["text", "spacing", "scheme"]) {
    if (settings[name]) root.setAttribute(`data-nr-${name}`, settings[name]);
    else root.removeAttribute(`data-nr-${name}`);
  }
}

function connect() {
  const button = document.querySelector("[data-nr-appearance-button]");
  const panel = document.querySelector("[data-nr-appearance]");
  if (!button || !panel) return;

  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  const menu = button.closest("[popover]");
  const close = () => {
    show(false);
    // On a narrow screen the button lies in the menu, which is closed meanwhile.
    const opener = menu && document.querySelector(`[popovertarget="${menu.id}"]`);
    (button.getClientRects().length ? button : opener || button).focus();
  };
  const mark = () => {
    for (const input of panel.querySelectorAll("input[type=radio]")) {
      input.checked = (settings[input.name] || "") === input.value;
    }
  };
  let settings = read();

  button.hidden = false;
  button.closest("li").hidden = false;
  button.addEventListener("click", () => {
    show(panel.hidden);
    menu?.hidePopover?.();
    if (!panel.hidden) panel.querySelector("input:checked").focus();
  });
  panel.addEventListener("change", (event) => {
    settings = { ...settings, [event.target.name]: event.target.value };
    if (!event.target.value) delete settings[event.target.name];
    apply(settings);
    keep(settings);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  panel.querySelector("[data-nr-appearance-reset]").addEventListener("click", () => {
    settings = {};
    apply(settings);
    keep(settings);
    mark();
  });
  panel.querySelector("[data-nr-appearance-close]").addEventListener("click", close);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    settings = read();
    apply(settings);
    mark();
  });
  mark();
}

apply(read());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
else connect();
