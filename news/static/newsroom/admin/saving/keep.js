/**
 * What somebody types in a form of the admin is not lost where it cannot be saved: because the session has ended,
 * because somebody else is signed in, because a log-in in another tab has changed the token, because the form is larger
 * than the site takes, because the server does not answer.
 *
 * Before a form is sent the server is asked who is signed in. Where that is not the person who opened the form, it stays
 * where it is and says so; after a log-in in another tab the same form is saved. Beside that the form of a page is kept
 * in this tab (sessionStorage) until the server has it, and offered when it is opened again. What is kept goes when its
 * owner signs out here, when somebody else opens a form, after half a day, and with the tab.
 */

const PREFIX = "newsroom-typed:";
const RESTORE = "newsroom-restore";
const NEARLY = 0.9; // of the fields that the site takes: said early
const MEGABYTE = 1024 * 1024;
const BUSY = 50; // milliseconds
const UNDER_WAY = 10 * 1000; // milliseconds
const HALF_A_DAY = 12 * 60 * 60 * 1000; // milliseconds

const template = document.getElementById("newsroom-saving");
const form = document.querySelector("form[data-edit-form]");

class Keeper {
  constructor() {
    const { session, logout, maxFields, maxBytes } = template.dataset;
    this.session = session;
    this.logout = logout;
    this.maxFields = Number(maxFields) || Infinity;
    this.maxBytes = Number(maxBytes) || Infinity;
    this.notice = template.content.querySelector("section").cloneNode(true);
    this.lines = new Map([...this.notice.querySelectorAll("[data-says]")].map((line) => [line.dataset.says, line]));
    this.texts = new Map([...this.lines].map(([name, line]) => [name, line.textContent]));
    this.notice.hidden = true;
    const footer = form.querySelector("footer");
    if (footer) footer.before(this.notice);
    else form.append(this.notice);
    // Forms of other apps do not say whose they are: there the first answer counts.
    this.user = document.querySelector("[data-newsroom-restores]")?.dataset.newsroomRestores;
    this.keeps = this.user !== undefined;
    this.said = "";
    this.isAllowed = false;
    this.isAsking = false;
    this.isUnderWay = false;
  }

  // --- What is said ---------------------------------------------------------------------------

  say(name, values = {}) {
    this.said = name;
    for (const [each, line] of this.lines) line.hidden = each !== name;
    const text = Object.entries(values).reduce(
      (words, [key, value]) => words.replace(`%(${key})s`, value),
      this.texts.get(name) || "",
    );
    if (name) this.lines.get(name).textContent = text;
    for (const way of this.notice.querySelectorAll("[data-for]")) {
      way.hidden = !way.dataset.for.split(" ").includes(name);
    }
    this.notice.hidden = !name;
    return text;
  }

  // --- Who is signed in -------------------------------------------------------------------------

  /** The name of what stands in the way of saving; empty where nothing does. */
  async trouble() {
    let answer;
    try {
      answer = await fetch(this.session, { headers: { Accept: "application/json" }, cache: "no-store" });
    } catch {
      return "silent";
    }
    if (answer.status === 401 || answer.status === 403 || answer.redirected) return "signed-out";
    if (!answer.ok) return "silent";
    const { user, token } = await answer.json();
    this.user ??= user;
    if (user !== this.user) return "other-user";
    this.freshen(token);
    return "";
  }

  /** A log-in changes the token of all forms, of the one that says who else is here too. */
  freshen(token) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    const presence = document.querySelector("form[data-controller~='w-session']");
    if (!presence || presence.elements.namedItem("csrfmiddlewaretoken")) return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
    presence.append(input);
  }

  /** Ask again after somebody comes back from another tab. */
  async lookAgain() {
    if (!["signed-out", "other-user", "silent"].includes(this.said)) return;
    const found = await this.trouble();
    if (found) {
      this.say(found);
      return;
    }
    this.say("back");
    // Wagtail saves by itself what it could not save before.
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  }

  // --- How large the form is ------------------------------------------------------------------

  /** The same for its size; what is said early stands in the way of nothing. */
  tooLarge() {
    const entries = [...new FormData(form)];
    if (entries.length > this.maxFields) return this.count("full", entries.length);
    const bytes = new Blob(entries.flat().filter((part) => typeof part === "string")).size;
    if (bytes > this.maxBytes) {
      const inMegabytes = (size) => (size / MEGABYTE).toFixed(1);
      return this.say("heavy", { count: inMegabytes(bytes), max: inMegabytes(this.maxBytes) });
    }
    if (entries.length > NEARLY * this.maxFields) this.count("nearly-full", entries.length);
    else if (["full", "heavy", "nearly-full"].includes(this.said)) this.say("");
    return "";
  }

  count(name, fields) {
    if (this.said === "nearly-full" && name === this.said) return "";
    return this.say(name, { count: String(fields), max: String(this.maxFields) });
  }

  // --- A press of a button ------------------------------------------------------------------------

  async press(button) {
    const found = this.tooLarge() ? this.said : await this.trouble();
    if (found) {
      if (found !== this.said) this.say(found);
      this.keep(false);
      // Wagtail shows the pressed button as busy a moment later.
      if (button) setTimeout(() => button.setAttribute("data-w-progress-loading-value", "false"), BUSY);
      this.notice.focus({ preventScroll: true });
      this.notice.scrollIntoView({ block: "nearest" });
      return;
    }
    if (["signed-out", "other-user", "silent", "back"].includes(this.said)) this.say("");
    // Wagtail disables a pressed button, and what a disabled button says is not sent.
    if (button) button.disabled = false;
    this.isAllowed = true;
    form.requestSubmit(button);
    this.isAllowed = false;
  }

  // --- What is kept ------------------------------------------------------------------------------

  get key() {
    return PREFIX + new URL(form.action, location.href).pathname;
  }

  get version() {
    return form.elements.namedItem("loaded_revision_created_at")?.value || "";
  }

  keep(sent) {
    if (!this.keeps || !this.user) return;
    const left = ["csrfmiddlewaretoken", RESTORE];
    const entries = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !left.includes(name));
    const kept = { user: this.user, moment: Date.now(), sent, version: this.version, entries };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
      this.keptAs = this.key;
    } catch {
      // More than the browser keeps: the form in this tab is all there is.
    }
  }

  forget() {
    if (this.keptAs) sessionStorage.removeItem(this.keptAs);
    sessionStorage.removeItem(this.key);
  }

  /** Take away what is not this person's, or old. */
  clean(all) {
    for (const key of Object.keys(sessionStorage).filter((each) => each.startsWith(PREFIX))) {
      const { user, moment } = JSON.parse(sessionStorage.getItem(key));
      if (all || user !== this.user || Date.now() - moment > HALF_A_DAY) sessionStorage.removeItem(key);
    }
  }

  /** Offer what was kept, where it is this person's and the server does not have it. */
  offer() {
    this.clean(false);
    const kept = JSON.parse(sessionStorage.getItem(this.key) || "null");
    if (!kept || !this.keeps) return;
    const isShown = form.dataset.wUnsavedForceValue === "true";
    const isSaved = kept.sent && (!this.version || kept.version !== this.version);
    if (isShown || isSaved) {
      this.forget();
      return;
    }
    this.kept = kept;
    this.say("kept", { moment: new Date(kept.moment).toLocaleString(document.documentElement.lang || undefined) });
  }

  /** Have the server write what was kept into the form; it stores nothing. */
  restore() {
    const sender = document.createElement("form");
    sender.method = "post";
    sender.action = form.action;
    sender.hidden = true;
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    for (const [name, value] of [...this.kept.entries, ["csrfmiddlewaretoken", token], [RESTORE, "1"]]) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      sender.append(field);
    }
    document.body.append(sender);
    // A field may be called "submit".
    HTMLFormElement.prototype.submit.call(sender);
  }

  // --- When -----------------------------------------------------------------------------------

  async listen() {
    document.addEventListener("submit", (event) => this.submitted(event), true);
    document.addEventListener("w-unsaved:add", () => {
      if (this.said === "kept") this.say("");
      this.tooLarge();
      if (!this.isUnderWay) this.keep(false);
    });
    document.addEventListener("w-autosave:save", (event) => {
      const text = this.tooLarge();
      if (!text) return;
      event.preventDefault();
      // Else the page says for ever that it is being saved.
      const detail = { type: "validation_error", text, error: new Error(text), response: null };
      setTimeout(() => form.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail })));
    });
    document.addEventListener("w-autosave:success", () => this.forget());
    // Before Wagtail's own listeners, which show what the event says.
    window.addEventListener("w-autosave:error", (event) => this.notSaved(event.detail), true);
    window.addEventListener("focus", () => this.lookAgain());
    document.addEventListener("visibilitychange", () => document.hidden || this.lookAgain());
    this.notice.addEventListener("click", ({ target }) => this.choose(target.closest("[data-does]")?.dataset.does));
    // Approving and sending back send the form by script, past the event.
    document.addEventListener("click", ({ target }) => target.closest("[data-workflow-action-name]") && this.keep(true), true);
    if ((await this.trouble()) === "") this.offer();
  }

  submitted(event) {
    if (event.target !== form) {
      if (new URL(event.target.getAttribute("action") || "", location.href).pathname === this.logout) this.clean(true);
      return;
    }
    if (this.isAllowed) {
      this.keep(true);
      // What Wagtail still notes of the form on its way out is no new text.
      this.isUnderWay = true;
      setTimeout(() => (this.isUnderWay = false), UNDER_WAY);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.isAsking) return;
    this.isAsking = true;
    this.press(event.submitter).finally(() => {
      this.isAsking = false;
    });
  }

  async notSaved(detail) {
    const code = detail.response?.error_code;
    if (code === "signed_out" || code === "csrf") detail.text = detail.response.error_message;
    if (detail.type !== "server_error") return;
    const found = await this.trouble();
    if (found && found !== "silent") this.say(found);
    else if (code === "csrf") form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  }

  choose(does) {
    if (does === "restore") {
      this.restore();
      return;
    }
    if (does === "forget") this.forget();
    if (does) this.say("");
  }
}

if (form && template) new Keeper().listen();
