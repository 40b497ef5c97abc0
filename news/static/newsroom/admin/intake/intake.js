/* Bringing a text in: what the clipboard holds beside the words (tables) goes along, as long as the words are those that were pasted. */
const form = document.querySelector("[data-nr-bring]");
const area = form.querySelector("[data-nr-paste]");
const html = form.elements[area.dataset.nrPaste];
const status = form.querySelector("[data-nr-paste-status]");
const LONGEST = 1_500_000;
const words = (text) => text.replace(/\s+/g, " ").trim();
let pasted = null;

const keep = (value) => {
  html.value = value;
  status.textContent = /<table[\s>]/i.test(value) ? status.dataset.nrKept : "";
};

area.addEventListener("paste", (event) => {
  const rich = event.clipboardData.getData("text/html");
  pasted = rich && rich.length < LONGEST ? { rich, plain: words(event.clipboardData.getData("text/plain")) } : null;
});
area.addEventListener("input", () => {
  keep(pasted && words(area.value) === pasted.plain ? pasted.rich : "");
  pasted = null;
});

/* A file dropped anywhere on the form, or a second press on the button. */
const file = form.querySelector("[data-nr-drop]");
const zone = file.closest("[data-field]") ?? file;
for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    zone.classList.add("nr-bring__over");
  });
}
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) zone.classList.remove("nr-bring__over");
});
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  zone.classList.remove("nr-bring__over");
  file.files = event.dataTransfer.files;
});
