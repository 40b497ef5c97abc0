/**
 * Wagtail saves drafts by itself every half second. Its answer tells the form which rows it has just stored; a button
 * pressed before the answer comes would send the same rows once more, as new ones. So the button waits for the answer.
 */

let saving = false;
let waiting = null;

document.addEventListener("w-autosave:save", (event) => {
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
