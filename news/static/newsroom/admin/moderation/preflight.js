// The list of checks above a page's form: brought up to date after every save, each line leads to its field.

const WAIT = 800; // milliseconds between a save and the list, so that saves in a row ask once
const OPENING = 1000; // milliseconds that a tab may take to open
const PATIENCE = 5000; // milliseconds in which the editor may build the field that an address names

const form = document.getElementById("page-edit-form");
const template = document.getElementById("newsroom-checks");

const pageId = () => form.action.match(/\/pages\/(\d+)\//)?.[1];

/** The rows of an inline panel in the order of the screen, by the prefix of their fields. */
function rows(relation) {
  const pattern = new RegExp(`^${relation}-\\d+-ORDER$`);
  return [...form.elements]
    .filter((input) => pattern.test(input.name))
    .map((input) => ({ prefix: input.name.replace(/-ORDER$/, ""), order: Number(input.value) }))
    .filter(({ prefix }) => !form.elements.namedItem(`${prefix}-DELETE`)?.value)
    .sort((one, other) => one.order - other.order);
}

/** The element that a finding's field names; the nearest one around it where it has gone meanwhile. */
function place(field) {
  const row = field.match(/^(\w+)-(\d+)-(\w+)$/);
  if (row) {
    const [, relation, position, name] = row;
    const prefix = rows(relation)[Number(position)]?.prefix;
    return (prefix && control(`${prefix}-${name}`)) || panel(relation);
  }
  const steps = field.split(".");
  let found = null;
  steps.every((step) => {
    const next = (found || form).querySelector(`[data-contentpath="${CSS.escape(step)}"]`);
    found = next || found;
    return next;
  });
  return found || control(steps[0]) || panel(steps[0]);
}

function control(name) {
  const input = form.elements.namedItem(name);
  const first = input instanceof RadioNodeList ? input[0] : input;
  return first?.closest("[data-field]") || first;
}

function panel(relation) {
  return form.elements.namedItem(`${relation}-TOTAL_FORMS`)?.closest("[data-panel]") || null;
}

/** Open the tab and the panels around `target`, bring it into sight and put the cursor there. */
function jump(target) {
  for (let around = target.parentElement; around && around !== form; around = around.parentElement) {
    if (around.getAttribute("role") === "tabpanel" && around.hidden) {
      document.getElementById(around.getAttribute("aria-labelledby"))?.click();
    }
    if (around.hidden) {
      document.querySelector(`[aria-controls="${CSS.escape(around.id)}"][aria-expanded="false"]`)?.click();
    }
  }
  const writable = "input:not([type=hidden]):not([disabled]), textarea, select, [contenteditable=true]";
  const seen = (element) => element.offsetParent !== null;
  const until = Date.now() + OPENING;
  // Tabs and panels open a moment after they are told to.
  const arriveThere = () => {
    const within = [...target.querySelectorAll(writable), ...target.querySelectorAll("button, a[href]")];
    const focus = target.matches(writable) ? target : within.find(seen) || target;
    if (!seen(focus) && Date.now() < until) {
      requestAnimationFrame(arriveThere);
      return;
    }
    if (focus === target && !target.matches(writable)) target.tabIndex = -1;
    focus.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    focus.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };
  arriveThere();
}

/** What an address says after its `#`; as it stands, where a sign in it is coded wrongly. */
function typed(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** Follow an address that names a field, as soon as the editor has built it. */
function arrive() {
  const field = typed(location.hash).match(/^#newsroom-field=(.+)$/)?.[1];
  if (!field) return;
  const until = Date.now() + PATIENCE;
  const attempt = () => {
    const target = place(field);
    if (target) jump(target);
    else if (Date.now() < until) setTimeout(attempt, 200);
  };
  setTimeout(attempt, 300);
}

function build() {
  const section = template.content.querySelector("section").cloneNode(true);
  const tabs = form.querySelector(".w-tabs");
  if (tabs) tabs.before(section);
  else form.prepend(section);

  const summary = section.querySelector("[data-summary]");
  const trouble = section.querySelector("[data-trouble]");
  const list = section.querySelector("[data-list]");
  let asked = null;
  let timer = null;

  const refresh = async () => {
    const id = pageId();
    if (!id) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(section.dataset.url.replace("/0/", `/${id}/`), {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: asked.signal,
      });
      if (answer.status === 204) {
        section.hidden = true;
        return;
      }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      list.innerHTML = await answer.text();
      const words = list.querySelector("[data-summary]").dataset.summary;
      if (summary.textContent !== words) summary.textContent = words;
      const blocked = list.querySelector(".newsroom-checks__line--block");
      section.dataset.state = blocked ? "block" : list.querySelector("li") ? "warn" : "clean";
      trouble.hidden = true;
    } catch (error) {
      if (error.name !== "AbortError") trouble.hidden = false;
    }
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-field]");
    const target = link && place(link.dataset.field);
    if (!target) return;
    event.preventDefault();
    jump(target);
  });
  document.addEventListener("w-autosave:success", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  });
  refresh();
}

// A new page of a type that the newsroom does not check: of one that is there, the server says so.
const begun = form?.action.match(/\/pages\/add\/([^/]+\/[^/]+)\//)?.[1];
const isChecked = !begun || template?.dataset.types.split(" ").includes(begun);

if (form && template && isChecked) {
  build();
  arrive();
}
