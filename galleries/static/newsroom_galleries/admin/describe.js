/**
 * Describing photos by keyboard: what is typed is saved as you go, and the next photo comes without loading the page.
 * What could not be sent is kept in the browser for this tab, and sent again by itself.
 */

const PAUSE = 1500; // milliseconds without a key before what is typed is saved
const WAITS = [2000, 5000, 15000, 30000];
const box = document.querySelector("[data-nr-describe]");

class Describing {
  constructor() {
    this.form = box.querySelector("form");
    this.said = box.querySelector("[data-nr-said]");
    this.left = document.querySelector("[data-nr-left]");
    this.fields = this.form.elements;
    this.queue = Promise.resolve();
    this.failures = 0;
    this.busy = false;
    this.saved = this.typed();
    for (const name of ["alt", "caption", "decorative"]) {
      this.fields[name].dataset.nrDescribedBy = this.fields[name].getAttribute("aria-describedby") ?? "";
    }
    this.restore();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(event.submitter?.value ?? "next");
    });
    this.form.addEventListener("input", () => this.changed());
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.isChanged()) event.preventDefault();
    });
    window.addEventListener("online", () => this.retryNow());
    document.querySelector("[data-nr-publish]")?.addEventListener("submit", (event) => this.publish(event));
  }

  typed() {
    const { alt, caption, decorative } = this.fields;
    return JSON.stringify([alt.value, caption.value, decorative.checked]);
  }

  isChanged() {
    return this.typed() !== this.saved;
  }

  keptAs(photo = this.fields.photo.value) {
    return `newsroom-describe-${box.dataset.nrDescribe}-${photo}`;
  }

  keep() {
    try {
      if (this.isChanged()) sessionStorage.setItem(this.keptAs(), this.typed());
      else sessionStorage.removeItem(this.keptAs());
    } catch {
      // No storage: what is typed stays in the form.
    }
  }

  restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.keptAs()));
    } catch {
      return;
    }
    if (!kept || JSON.stringify(kept) === this.saved) return;
    [this.fields.alt.value, this.fields.caption.value, this.fields.decorative.checked] = kept;
    this.say(box.dataset.kept);
    this.later(PAUSE);
  }

  say(text) {
    this.said.textContent = text;
  }

  key(event) {
    if (event.ctrlKey && event.key === "Enter") this.hold(event, "next");
    else if (event.altKey && !event.ctrlKey && event.key === "ArrowRight") this.hold(event, "next");
    else if (event.altKey && !event.ctrlKey && event.key === "ArrowLeft") this.hold(event, "previous");
  }

  hold(event, where) {
    if (event.target instanceof Element && event.target.closest("[data-nr-publish]")) return;
    event.preventDefault();
    if (!event.repeat) this.go(where);
  }

  changed() {
    this.keep();
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.go("stay"), pause);
  }

  retryNow() {
    if (this.failures) this.go("stay");
  }

  /** One after the other: an answer never meets another photo than it is about. */
  go(where) {
    clearTimeout(this.timer);
    if (where !== "stay") {
      if (this.busy) return this.queue;
      this.hush(true);
    }
    this.queue = this.queue
      .then(() => this.send(where))
      .finally(() => {
        if (where !== "stay") this.hush(false);
      });
    return this.queue;
  }

  /** On the way to another photo nothing is typed: it would be unclear of which one. */
  hush(isBusy) {
    this.busy = isBusy;
    for (const name of ["alt", "caption"]) this.fields[name].readOnly = isBusy;
  }

  async send(where) {
    if (where === "stay" && !this.isChanged()) return true;
    const data = new FormData(this.form);
    const sent = this.typed();
    data.set("go", where);
    this.say(box.dataset.saving);
    let response;
    let answer;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (response.status >= 500) throw new Error("server");
      answer = response.redirected ? null : await response.json().catch(() => null);
    } catch {
      return this.failed();
    }
    this.failures = 0;
    if (!answer) return this.stop(box.dataset.signedOut);
    if (answer.error) return this.stop(answer.error);
    this.complain(answer.errors ?? {});
    if (answer.errors) return this.stop(box.dataset.mend);
    this.saved = sent;
    this.fields.revision.value = answer.revision ?? "";
    this.keep();
    this.left.textContent = answer.left;
    this.say(box.dataset.saved);
    if (where !== "stay") this.show(answer.shown, where);
    if (this.isChanged()) this.later(PAUSE);
    return true;
  }

  stop(text) {
    this.keep();
    this.say(text);
    return false;
  }

  failed() {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.stop(box.dataset.offline);
    if (this.isChanged()) this.later(wait);
    return false;
  }

  complain(errors) {
    for (const field of box.querySelectorAll("[data-nr-field]")) {
      const found = errors[field.dataset.nrField] ?? [];
      const place = field.querySelector("[data-nr-error]");
      const input = this.fields[field.dataset.nrField];
      for (const shown of field.querySelectorAll(".w-field__errors .error-message")) shown.remove();
      place.textContent = found.join(" ");
      const help = input.dataset.nrDescribedBy;
      input.setAttribute("aria-invalid", String(found.length > 0));
      input.setAttribute("aria-describedby", found.length ? `${place.id} ${help}`.trim() : help);
      if (found.length) input.focus();
    }
  }

  show(shown, where) {
    if (String(shown.photo) === this.fields.photo.value) {
      this.say(`${box.dataset.saved} ${where === "previous" ? box.dataset.first : box.dataset.last}`);
      return;
    }
    const picture = box.querySelector("[data-nr-picture]");
    picture.width = shown.width;
    picture.height = shown.height;
    picture.src = shown.src;
    box.querySelector("[data-nr-place]").textContent = shown.place;
    box.querySelector("[data-nr-title]").textContent = shown.title;
    const library = box.querySelector("[data-nr-library]");
    library.hidden = !shown.library;
    library.querySelector("span").textContent = shown.library;
    this.fields.photo.value = shown.photo;
    this.fields.alt.value = shown.alt;
    this.fields.caption.value = shown.caption;
    this.fields.decorative.checked = shown.decorative;
    this.saved = this.typed();
    this.say(`${box.dataset.saved} ${shown.place}`);
    this.restore();
    const address = new URL(window.location.href);
    address.search = new URLSearchParams({ photo: shown.photo });
    window.history.replaceState(null, "", address);
    this.fields.alt.focus();
    this.fields.alt.setSelectionRange(shown.alt.length, shown.alt.length);
  }

  /** What is typed goes first. */
  async publish(event) {
    if (!this.isChanged() && !this.busy) return;
    event.preventDefault();
    const form = event.target;
    clearTimeout(this.timer);
    await this.queue;
    if (await this.send("stay")) form.submit();
  }
}

if (box) new Describing();
