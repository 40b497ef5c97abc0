/* Copying an address. The button appears only where the browser can copy; the field can be selected everywhere. */
for (const box of document.querySelectorAll("[data-nr-copy]")) {
  const [field, button, status] = ["input", "[data-nr-copy-button]", "[data-nr-copy-status]"].map((name) => box.querySelector(name));
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    status.textContent = button.dataset.nrCopied;
  });
}
