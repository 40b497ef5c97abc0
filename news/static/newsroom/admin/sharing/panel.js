/* The preview panel with another front end in it. Wagtail shows the new picture once the front end has said how far it was
   scrolled, or after ten seconds. Of one that says nothing (it has no user bar of Wagtail's) nothing is waited for. */
const PATIENCE = 300; // milliseconds
const speaking = new WeakSet();

window.addEventListener("message", (event) => {
  if (event.source && event.source !== window && event.data?.wagtail) speaking.add(event.source);
});

document.addEventListener("load", ({ target }) => {
  if (!target.matches?.("iframe[data-w-preview-target='iframe']") || !target.src) return;
  setTimeout(() => {
    if (speaking.has(target.contentWindow)) return;
    window.postMessage({ wagtail: { type: "w-preview:set-scroll-position", origin: "*" } }, window.location.origin);
  }, PATIENCE);
}, true);
