/**
 * Wagtail saves drafts by itself every half second. Its answer tells the form which rows it has just stored; a button
 * pressed before the answer comes would send the same rows once more, as new ones. So the button waits for the answer.
 * The other way round too: once a button is pressed nothing is saved by itself, or a new page would be made twice where
 * the server is slow to answer.
 */

// Somebody who stops the page from leaving has the saving back after this time, in milliseconds.
const LEAVING = 60000;

let saving = false;
let waiting = null;
let pressedAt = -Infinity;

document.addEventListener("w-autosave:save", (event) => {
  if (performance.now() - pressedAt < LEAVING) event.preventDefault();
  saving = !event.defaultPrevented;
});

document.addEventListener(
  "submit",
  (event) => {
    if (!saving || !event.target.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form: event.target, button: event.submitter };
  },
  true,
);

// Last of all: whoever stops a submission has stopped it by now.
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[data-edit-form]")) pressedAt = performance.now();
});

window.addEventListener("pageshow", () => {
  pressedAt = -Infinity;
});

function goOn() {
  saving = false;
  if (!waiting) return;
  const { form, button } = waiting;
  waiting = null;
  // Wagtail disables a pressed button, and what a disabled button says is not sent.
  if (button) button.disabled = false;
  form.requestSubmit(button);
}

document.addEventListener("w-autosave:success", goOn);
document.addEventListener("w-autosave:error", goOn);
