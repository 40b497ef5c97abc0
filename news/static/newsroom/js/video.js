/* Click to load: nothing is asked of another site before the visitor presses the button. The link beside it stays. */

const PLAYERS = [
  [/^https:\/\/(?:www\.|m\.)?youtube\.com\/watch\?(?:.*&)?v=([\w-]{6,})/, (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`],
  [/^https:\/\/(?:www\.)?youtube\.com\/(?:shorts|live|embed)\/([\w-]{6,})/, (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`],
  [/^https:\/\/youtu\.be\/([\w-]{6,})/, (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`],
  [/^https:\/\/(?:www\.)?vimeo\.com\/(\d+)/, (id) => `https://player.vimeo.com/video/${id}?dnt=1&autoplay=1`],
];

function player(address, title) {
  for (const [pattern, source] of PLAYERS) {
    const found = address.match(pattern);
    if (!found) continue;
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: source(found[1]), title, allow: "autoplay; fullscreen; picture-in-picture", referrerPolicy: "strict-origin-when-cross-origin" });
    return frame;
  }
  return null;
}

for (const figure of document.querySelectorAll("[data-nr-video]")) {
  const button = figure.querySelector("[data-nr-video-play]");
  const { address, title } = figure.dataset;
  if (!button || !player(address, title)) continue;
  button.hidden = false;
  for (const note of figure.querySelectorAll("[data-nr-video-note]")) note.hidden = false;
  button.addEventListener("click", () => {
    const shown = player(address, title);
    shown.tabIndex = 0;
    figure.querySelector("[data-nr-video-poster]")?.remove();
    figure.prepend(shown);
    for (const note of figure.querySelectorAll("[data-nr-video-note]")) note.remove();
    button.remove();
    shown.focus();
  });
}
