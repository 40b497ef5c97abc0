/* The review of what was read: rows are added on the spot, hours are taken at a press, a new place is asked for only where one is wanted. */
const form = document.querySelector("[data-nr-review]");

for (const part of form.querySelectorAll("[data-nr-rows]")) {
  const total = form.elements[`${part.dataset.nrRows}-TOTAL_FORMS`];
  const list = part.querySelector("[data-nr-list]");
  const empty = part.querySelector("[data-nr-empty]");
  part.querySelector("[data-nr-add]").addEventListener("click", (event) => {
    event.preventDefault();
    const html = empty.innerHTML.replaceAll("__prefix__", total.value);
    list.insertAdjacentHTML("beforeend", html);
    total.value = Number(total.value) + 1;
    list.lastElementChild.querySelector("input:not([type=hidden]), select, textarea").focus();
  });
}

for (const button of form.querySelectorAll("[data-nr-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.nrTake))) {
      form.elements[name].value = value;
      form.elements[name].dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.elements.start_time.focus();
  });
}

const venue = form.elements.venue;
const parts = form.querySelectorAll("[data-nr-new-venue]");
const showParts = () => {
  for (const part of parts) part.hidden = venue.value !== "new";
};
venue.addEventListener("change", showParts);
showParts();

const send = form.querySelectorAll("button[type=submit]:not([data-nr-add])");
form.addEventListener("submit", () => {
  for (const button of send) button.disabled = true;
});
window.addEventListener("pageshow", () => {
  for (const button of send) button.disabled = false;
});
