/* Suggestions below a search box, as a combobox of ARIA: arrows choose, Enter goes there, Esc closes, how many there are is
   announced. Without JavaScript the form sends the words, and so it does here while nothing is chosen. */

const WAIT = 180; // milliseconds after the last key
const SHORTEST = 2; // characters
let boxes = 0;

function connect(form) {
  const input = form.querySelector("input[type=search]");
  const address = form.dataset.nrSearch;
  const number = (boxes += 1);
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let timer = 0;
  let asking = null;
  let chosen = -1;

  list.className = "nr-suggestions";
  list.id = `nr-suggestions-${number}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.nrSuggestions);
  said.className = "nr-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    const known = options();
    chosen = place;
    known.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", known[place].id);
      known[place].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (found) => {
    list.replaceChildren(
      ...found.map((each, place) => {
        const option = document.createElement("li");
        const type = document.createElement("span");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = each.url;
        type.textContent = each.type;
        option.append(`${each.title} `, type);
        return option;
      }),
    );
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? `${form.dataset.nrSuggestions}: ${found.length}` : "";
  };
  const ask = async () => {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < SHORTEST) {
      show([]);
      return;
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch {
      /* Given up for a later question, or no network: the box works without. */
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      const next = chosen + (event.key === "ArrowDown" ? 1 : -1);
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
}

for (const form of document.querySelectorAll("[data-nr-search]")) connect(form);
