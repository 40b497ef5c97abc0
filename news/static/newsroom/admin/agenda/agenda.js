// “Paste a programme” and “Copy the programme” beside the programme of an event. The field is filled in place: nothing
// is saved, and one press brings back what was there.

const LARGEST_FILE = 20 * 1024 * 1024;
const LARGEST_HTML = 5 * 1024 * 1024;

const form = document.getElementById("page-edit-form");

/** The block editor of the programme, as soon as Wagtail has built it. */
const editor = () => document.getElementById("agenda-root")?.rootBlock;

/** The page that is edited, or the calendar to which one is added: a first draft saved by itself changes it. */
function place(box) {
  return form.action.match(/\/pages\/(\d+)\//)?.[1] || box.dataset.place;
}

const address = (template, id) => template.replace("/0/", `/${id}/`);
const copy = (state) => JSON.parse(JSON.stringify(state));

function what(box) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("state", new Blob([JSON.stringify(editor().getState())], { type: "application/json" }), "state.json");
  for (const name of ["start_date", "end_date"]) data.set(name, form.elements.namedItem(name)?.value || "");
  return data;
}

/** Ask the server; what it says instead of an answer comes as an error to be shown. */
async function ask(box, url, data) {
  let answer = null;
  try {
    const response = await fetch(address(url, place(box)), {
      method: "POST", body: data, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    answer = await response.json();
  } catch {
    answer = { error: box.dataset.trouble };
  }
  return answer;
}

/** A dialog outside the form, so that nothing typed in it counts as a change of the page. */
function dialogOf(box, name) {
  const dialog = box.querySelector(`[data-nr-${name}-template]`).content.querySelector("dialog").cloneNode(true);
  document.body.append(dialog);
  dialog.querySelector("[data-nr-close]").addEventListener("click", () => dialog.close());
  return [dialog, (part) => dialog.querySelector(`[data-nr-${part}]`)];
}

/** Put `state` into the field and let the form know. */
function put(state) {
  editor().setState(copy(state));
  document.getElementById("agenda-root").dispatchEvent(new Event("change", { bubbles: true }));
}

function paste(box) {
  const opener = box.querySelector("[data-nr-paste-open]");
  const [done, doneText, undo, redo] = ["done", "done-text", "undo", "redo"].map((part) =>
    box.querySelector(`[data-nr-${part}]`),
  );
  const [dialog, find] = dialogOf(box, "paste");
  const [text, file, table, error, live, preview, look] = [
    "text", "file", "table", "error", "live", "preview-place", "look",
  ].map(find);
  let html = "";
  let other = null; // the state that Undo or Redo brings back
  let busy = false;

  const tell = (message) => {
    error.textContent = message;
    error.hidden = !message;
    if (message) error.focus();
  };
  const stale = () => {
    preview.replaceChildren();
    live.textContent = "";
  };
  const forget = () => {
    html = "";
    table.hidden = true;
  };

  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/html") || "";
    const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
    forget();
    if (!whole || !/<table/i.test(pasted) || pasted.length > LARGEST_HTML) return;
    // What stands in the box afterwards is the same in plain words; the browser puts it there.
    setTimeout(() => {
      html = pasted;
      table.hidden = false;
    });
  });
  text.addEventListener("input", () => {
    forget();
    stale();
  });
  file.addEventListener("change", stale);

  const content = () => {
    const data = what(box);
    if (file.files[0]) data.set("file", file.files[0]);
    data.set("text", new Blob([text.value], { type: "text/plain" }), "pasted.txt");
    if (html) data.set("html", new Blob([html], { type: "text/html" }), "pasted.html");
    const day = preview.querySelector("[data-nr-day]");
    if (day) data.set("day", day.value);
    return data;
  };

  const once = async (act) => {
    if (busy) return;
    busy = true;
    dialog.setAttribute("aria-busy", "true");
    try {
      await act();
    } finally {
      busy = false;
      dialog.removeAttribute("aria-busy");
    }
  };

  const lookAt = async () => {
    tell("");
    if (!file.files[0] && !text.value.trim()) return tell(box.dataset.empty);
    if (file.files[0]?.size > LARGEST_FILE) return tell(box.dataset.tooLarge);
    const data = content();
    data.set("act", "look");
    const answer = await ask(box, box.dataset.paste, data);
    stale();
    if (answer.error) return tell(answer.error);
    preview.innerHTML = answer.html;
    live.textContent = answer.summary;
    preview.querySelector("[data-nr-preview-heading]").focus();
  };

  const fillIn = async () => {
    tell("");
    const data = content();
    data.set("act", "fill");
    for (const box of preview.querySelectorAll("[data-nr-gone]:not(:checked)")) data.append("keep", box.value);
    for (const box of preview.querySelectorAll("[data-nr-card]:checked")) data.append("card", box.value);
    const answer = await ask(box, box.dataset.paste, data);
    if (answer.error) return tell(answer.error);
    other = copy(editor().getState());
    put(answer.state);
    dialog.close();
    text.value = "";
    file.value = "";
    forget();
    stale();
    say(box.dataset.filled.replace("{summary}", answer.summary), false);
  };

  const say = (words, undone) => {
    doneText.textContent = words;
    undo.hidden = undone;
    redo.hidden = !undone;
    done.hidden = false;
    doneText.focus();
  };
  const swap = () => {
    const now = copy(editor().getState());
    put(other);
    other = now;
  };
  undo.addEventListener("click", () => {
    swap();
    say(box.dataset.undone, true);
  });
  redo.addEventListener("click", () => {
    swap();
    say(box.dataset.filled.replace(": {summary}", ""), false);
  });

  look.addEventListener("click", () => once(lookAt));
  preview.addEventListener("click", (event) => {
    if (event.target.closest("[data-nr-fill]")) once(fillIn);
  });
  opener.addEventListener("click", () => {
    if (!editor()) return;
    stale(); // what the form holds may have changed since
    dialog.showModal();
    text.focus();
  });
}

function copyOut(box) {
  const opener = box.querySelector("[data-nr-copy-open]");
  const [dialog, find] = dialogOf(box, "copy");
  const [text, live, files] = ["text", "live", "files"].map(find);
  const links = [...files.querySelectorAll("a")].map((link) => [link, link.getAttribute("href")]);

  /** Both flavours at once: a letter takes the table, a text field the lines. */
  const toClipboard = async (answer) => {
    try {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/plain": new Blob([answer.text], { type: "text/plain" }),
          "text/html": new Blob([answer.html], { type: "text/html" }),
        }),
      ]);
      return true;
    } catch {
      return false;
    }
  };

  opener.addEventListener("click", async () => {
    if (!editor()) return;
    const answer = await ask(box, box.dataset.copy, what(box));
    const id = form.action.match(/\/pages\/(\d+)\/edit/)?.[1];
    files.hidden = !id;
    for (const [link, href] of links) link.href = address(href, id || "0");
    const copied = Boolean(answer.count) && (await toClipboard(answer));
    dialog.showModal();
    text.value = answer.count ? answer.text : "";
    const result = copied ? live.dataset.copied : live.dataset.byHand;
    live.textContent = answer.error || (answer.count ? `${result} ${answer.note}` : answer.note);
    text.focus();
    text.select();
  });
}

const box = document.querySelector("[data-nr-agenda]");
if (form && box) {
  paste(box);
  copyOut(box);
}
