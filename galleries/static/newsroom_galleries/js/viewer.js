/* The photo viewer: a <dialog> on top of links to each photo's own page, which stay what a browser without
   JavaScript, a middle click or "open in a new tab" gets. */

const SWIPE = 48;

class Viewer {
  constructor(gallery) {
    this.links = [...gallery.querySelectorAll("a[data-nr-photo]")];
    this.dialog = gallery.querySelector("dialog[data-nr-viewer]");
    if (!this.links.length || !this.dialog) return;
    const part = (name) => this.dialog.querySelector(`[data-nr-viewer-${name}]`);
    this.parts = Object.fromEntries(["image", "count", "status", "caption", "credit", "page", "previous", "next", "close", "stage"].map((name) => [name, part(name)]));
    this.links.forEach((link, index) => {
      link.addEventListener("click", (event) => {
        if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        this.open(index, link);
      });
    });
    this.parts.previous.addEventListener("click", () => this.show(this.at - 1));
    this.parts.next.addEventListener("click", () => this.show(this.at + 1));
    this.parts.close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.addEventListener("close", () => this.onClose());
    window.addEventListener("popstate", () => this.onBack());
    this.listenToSwipes();
    const single = this.links.length < 2;
    this.parts.previous.hidden = single;
    this.parts.next.hidden = single;
  }

  open(index, opener) {
    this.opener = opener;
    // An entry of its own in the history: the browser's Back closes the viewer and stays in the gallery.
    window.history.pushState({ newsroomViewer: true }, "");
    this.inHistory = true;
    this.parts.status.textContent = "";
    document.documentElement.classList.add("nr-viewing");
    this.dialog.showModal();
    this.parts.close.focus();
    this.show(index);
  }

  onClose() {
    document.documentElement.classList.remove("nr-viewing");
    this.parts.image.removeAttribute("src");
    this.parts.image.removeAttribute("srcset");
    this.opener?.focus();
    if (!this.inHistory) return;
    this.inHistory = false;
    window.history.back();
  }

  onBack() {
    if (!this.dialog.open) return;
    this.inHistory = false;
    this.dialog.close();
  }

  show(index) {
    const total = this.links.length;
    this.at = (index + total) % total;
    const link = this.links[this.at];
    const { full, fullset, width, height, alt, caption, credit } = link.dataset;
    const { image, count, status, page } = this.parts;
    image.removeAttribute("src");
    image.width = Number(width) || 1600;
    image.height = Number(height) || 1067;
    image.alt = alt || "";
    image.sizes = "100vw";
    if (fullset) image.srcset = fullset;
    else image.removeAttribute("srcset");
    image.src = full;
    this.say(this.parts.caption, caption);
    this.say(this.parts.credit, credit);
    page.href = link.href;
    const position = this.dialog.dataset.count.replace("{n}", this.at + 1).replace("{total}", total);
    count.textContent = position;
    status.textContent = [position, alt].filter(Boolean).join(". ");
    this.fetchNeighbour(this.links[(this.at + 1) % total]);
  }

  say(place, text) {
    place.textContent = text || "";
    place.hidden = !text;
  }

  fetchNeighbour(link) {
    if (!link || link === this.links[this.at]) return;
    const ahead = new Image();
    ahead.sizes = "100vw";
    if (link.dataset.fullset) ahead.srcset = link.dataset.fullset;
    ahead.src = link.dataset.full;
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.links.length - 1;
    const moves = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: last };
    if (event.key in moves) {
      event.preventDefault();
      this.show(moves[event.key]);
    } else if (event.key === "Tab") {
      this.keepTabInside(event);
    }
  }

  keepTabInside(event) {
    const stops = [...this.dialog.querySelectorAll("a[href], button")].filter((item) => !item.hidden);
    const [first, last] = [stops[0], stops.at(-1)];
    const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (!leaving && this.dialog.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }

  listenToSwipes() {
    const { stage } = this.parts;
    let from = null;
    stage.addEventListener("pointerdown", (event) => {
      from = event.isPrimary && event.pointerType !== "mouse" ? { x: event.clientX, y: event.clientY } : null;
    });
    stage.addEventListener("pointercancel", () => (from = null));
    stage.addEventListener("pointerup", (event) => {
      if (!from || window.visualViewport?.scale > 1.05) return;
      const across = event.clientX - from.x;
      const along = event.clientY - from.y;
      from = null;
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(along)) this.show(this.at + (across < 0 ? 1 : -1));
    });
  }
}

for (const gallery of document.querySelectorAll("[data-nr-gallery]")) new Viewer(gallery);
