/**
 * Several files at once: picked or dropped files go to Wagtail's own view for uploads, one after the other, and each
 * becomes a row of the panel as soon as it is in the library. A file that is refused stops none of the others.
 */

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

function csrfToken() {
  const config = document.getElementById("wagtail-config");
  if (config) {
    const token = JSON.parse(config.textContent).CSRF_TOKEN;
    if (token) return token;
  }
  return document.querySelector("input[name=csrfmiddlewaretoken]").value;
}

const idOf = (answer) => answer.image_id ?? answer.doc_id;

class SeveralFiles {
  constructor(element) {
    this.options = JSON.parse(element.dataset.severalFiles);
    this.area = element.querySelector("[data-several-files-area]");
    this.input = element.querySelector("[data-several-files-input]");
    this.collection = element.querySelector("[data-several-files-collection]");
    this.status = element.querySelector("[data-several-files-status]");
    this.errors = element.querySelector("[data-several-files-errors]");
    this.panel = element.querySelector("[id$='-OPEN_MODAL']").newsroomPanel;
    this.queue = Promise.resolve();
    this.area.hidden = false;
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    element.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      element.classList.add("several-files--over");
    });
    element.addEventListener("dragleave", (event) => {
      if (!element.contains(event.relatedTarget)) element.classList.remove("several-files--over");
    });
    element.addEventListener("drop", (event) => {
      element.classList.remove("several-files--over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  /** Files wait for those that were picked before them, so that rows keep the order of picking. */
  take(files) {
    this.queue = this.queue.then(() => this.uploadAll(files));
  }

  async uploadAll(files) {
    this.errors.replaceChildren();
    let done = 0;
    for (const [index, file] of files.entries()) {
      const place = { number: index + 1, all: files.length, name: file.name };
      this.status.textContent = fill(this.options.messages.uploading, place);
      try {
        const { item, notes } = await this.upload(file);
        this.addRow(item);
        for (const note of notes) this.complain(file, note);
        done += 1;
      } catch (error) {
        this.complain(file, error.message || this.options.messages.failed);
      }
    }
    this.status.textContent = done ? fill(this.options.messages.done, { number: done }) : "";
  }

  async upload(file) {
    const { messages } = this.options;
    const data = new FormData();
    data.append("files[]", file);
    data.append("title", file.name.replace(/\.[^.]+$/, ""));
    data.append("collection", this.collection.value);
    const answer = await this.ask(this.options.upload, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.success) throw new Error(answer.error_message || messages.failed);
    const id = idOf(answer) ?? idOf(await this.accept(answer.form, data.get("title")));
    if (id === undefined) throw new Error(messages.unfinished);
    const chosen = await this.ask(`${this.options.chosen}&id=${id}`, {});
    if (!chosen.result || !chosen.result.length) throw new Error(messages.notChoosable);
    return { item: chosen.result[0], notes: this.notesIn(answer.form) };
  }

  /** What the inspection found in a file that was taken in: it stands in Wagtail's form for the file. */
  notesIn(html) {
    const form = new DOMParser().parseFromString(html ?? "", "text/html");
    return [...form.querySelectorAll("[data-file-notes] li")].map((note) => note.textContent);
  }

  /** Models with more fields that need a value: Wagtail asks for them in a form, which comes filled with the defaults. */
  async accept(html, title) {
    const form = new DOMParser().parseFromString(html, "text/html").querySelector("form");
    const body = new FormData(form);
    for (const name of [...body.keys()]) if (name.endsWith("-title")) body.set(name, title);
    return this.ask(form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" },
    });
  }

  async ask(url, options) {
    let response;
    try {
      response = await fetch(url, { credentials: "same-origin", ...options });
    } catch {
      throw new Error(this.options.messages.failed);
    }
    if (!response.ok || response.redirected) throw new Error(this.options.messages.failed);
    return response.json();
  }

  addRow(item) {
    const { panel } = this;
    const { maxForms, formsetPrefix } = panel.opts;
    if (maxForms && panel.getChildCount() >= maxForms) throw new Error(this.options.messages.full);
    panel.addForm();
    const field = `${formsetPrefix}-${panel.formCount - 1}-${this.options.chooser}`;
    panel.chooserWidgetFactory.getById(field).setStateFromModalData(item);
  }

  complain(file, message) {
    const line = document.createElement("li");
    line.textContent = message.includes(file.name) ? message : `${file.name}: ${message}`;
    this.errors.append(line);
  }
}

function start() {
  for (const element of document.querySelectorAll("[data-several-files]")) {
    if (element.querySelector("[data-several-files-area]")) new SeveralFiles(element);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
