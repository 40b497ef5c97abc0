/**
 * Many photos at once: two uploads at a time, one file a request. A file that is refused or fails stops none of the
 * others; each says what became of it. What has arrived is in the gallery's draft already.
 */

const TOGETHER = 2;
const area = document.querySelector("[data-nr-many]");
const form = area?.querySelector("[data-nr-many-form]");
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

class Upload {
  constructor(file) {
    this.file = file;
    this.state = "waiting";
    this.row = document.createElement("li");
    this.row.className = "nr-many__file";
    this.name = document.createElement("span");
    this.name.className = "nr-many__name";
    this.name.textContent = file.name;
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.said = document.createElement("span");
    this.said.className = "nr-many__said";
    this.said.textContent = area.dataset.waiting;
    this.row.append(this.name, this.bar, this.said);
  }

  say(text, isWrong) {
    this.row.classList.toggle("nr-many__file--wrong", isWrong);
    this.said.textContent = text;
  }
}

class ManyPhotos {
  constructor() {
    this.uploads = [];
    this.running = 0;
    this.input = form.querySelector("input[type=file]");
    this.list = area.querySelector("[data-nr-many-files]");
    this.status = area.querySelector("[data-nr-many-status]");
    this.again = area.querySelector("[data-nr-many-again]");
    form.querySelector("[data-nr-many-plain]").hidden = true;
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    this.again.querySelector("button").addEventListener("click", () => {
      for (const upload of this.uploads) if (upload.state === "failed") this.retry(upload);
    });
    for (const name of ["dragenter", "dragover"]) {
      area.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        area.classList.add("nr-many--over");
      });
    }
    area.addEventListener("dragleave", (event) => {
      if (!area.contains(event.relatedTarget)) area.classList.remove("nr-many--over");
    });
    area.addEventListener("drop", (event) => {
      area.classList.remove("nr-many--over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.isBusy()) event.preventDefault();
    });
  }

  isBusy() {
    return this.uploads.some(({ state }) => state === "waiting" || state === "sending");
  }

  take(files) {
    for (const file of files) {
      const upload = new Upload(file);
      this.uploads.push(upload);
      this.list.append(upload.row);
    }
    this.work();
  }

  retry(upload) {
    upload.button?.remove();
    upload.state = "waiting";
    upload.say(area.dataset.waiting, false);
    upload.bar.hidden = false;
    this.work();
  }

  work() {
    // The first that arrives makes the version that the others are written into.
    const together = this.uploads.some(({ state }) => state === "done") ? TOGETHER : 1;
    while (this.running < together) {
      const upload = this.uploads.find(({ state }) => state === "waiting");
      if (!upload) break;
      this.running += 1;
      upload.state = "sending";
      upload.say(area.dataset.sending, false);
      this.send(upload).then(() => {
        this.running -= 1;
        this.tell();
        this.work();
        if (!this.isBusy()) this.putInOrder();
      });
    }
    this.tell();
  }

  tell() {
    const count = (...states) => this.uploads.filter(({ state }) => states.includes(state)).length;
    this.status.textContent = fill(area.dataset.progress, {
      done: count("done"),
      all: this.uploads.length,
      failed: count("failed", "refused"),
    });
    this.again.hidden = !count("failed");
  }

  send(upload) {
    const data = new FormData(form);
    data.set("files", upload.file);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) upload.bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        this.settle(upload, request.status, request.response);
        resolve();
      });
      request.send(data);
    });
  }

  settle(upload, status, answer) {
    upload.bar.hidden = true;
    upload.bar.value = 0;
    if (status === 200 && answer?.message) {
      upload.state = "done";
      upload.photo = answer.photo;
      this.keepRevision(answer.revision);
      document.querySelector("[data-nr-count]").textContent = answer.total;
      upload.say(answer.message, false);
      return;
    }
    const isRefused = (status === 422 || status === 409) && answer?.error;
    upload.state = status === 422 && isRefused ? "refused" : "failed";
    const isSignedOut = status === 403 || status === 401 || (status === 200 && !answer);
    upload.say(isRefused ? answer.error : isSignedOut ? area.dataset.signedOut : area.dataset.failed, true);
    if (upload.state === "refused") return;
    upload.button = document.createElement("button");
    upload.button.type = "button";
    upload.button.className = "button button-small button-secondary";
    upload.button.textContent = area.dataset.retry;
    upload.button.setAttribute("aria-label", `${area.dataset.retry}: ${upload.file.name}`);
    upload.button.addEventListener("click", () => this.retry(upload));
    upload.row.append(upload.button);
  }

  /** The version that this page has made may be written anew: a hundred photos are one version in the history. */
  keepRevision(revision) {
    if (!revision) return;
    for (const field of document.querySelectorAll("input[name=revision]")) field.value = revision;
  }

  /** Two at a time may arrive in another order than they were picked in. */
  async putInOrder() {
    const done = this.uploads.filter(({ state }) => state === "done");
    if (done.length < 2) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("revision", form.elements.revision.value);
    data.set("act", "order");
    for (const { photo } of done) data.append("photo", photo);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (response.ok && !response.redirected) this.keepRevision((await response.json()).revision);
    } catch {
      // They are in the gallery, in the order of their arrival.
    }
  }
}

if (area) new ManyPhotos();
