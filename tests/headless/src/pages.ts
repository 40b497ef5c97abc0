/** Whole pages. What the API says in words (`display`) is shown as it is: nothing here inflects Polish. */

import type { EventItem, GalleryItem, Item, ListedItem, NewsItem, Page, PageLink, Site } from "./api.js";
import { attachments, block, contact, figure, picture } from "./blocks.js";
import { html, lines, trusted, when, type Html } from "./html.js";

type Session = EventItem["agenda"][number]["sessions"][number];
type Day = EventItem["agenda"][number];

const STYLE = `
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 22%, transparent); --mark: light-dark(#0f4c4a, #7fd1c7) }
  body { margin: 0 auto; max-width: 46rem; padding: 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
  header, footer { border-block: 1px solid var(--line); padding-block: .75rem; margin-block: 0 2rem } footer { margin-block: 3rem 0 }
  nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 0 }
  a { color: var(--mark) } a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px }
  h1 { line-height: 1.2; text-wrap: balance } h2, h3 { line-height: 1.3; margin-block: 2rem .5rem }
  img { max-width: 100%; height: auto } figure { margin: 1.5rem 0 } figcaption, small, .kicker { opacity: .8; font-size: .9375rem }
  .state { border-inline-start: 4px solid var(--mark); padding-inline-start: .75rem }
  .button { display: inline-block; border: 2px solid; padding: .5rem 1rem; text-decoration: none; font-weight: 600 }
  .session { display: grid; grid-template-columns: 7rem 1fr; gap: 0 1rem; border-block-start: 1px solid var(--line); padding-block: .5rem } .session p { margin: 0 }
  .cards { list-style: none; padding: 0 } .cards li { border-block-start: 1px solid var(--line); padding-block: .75rem }
  .photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem } .photos figure { margin: 0 }
  table { border-collapse: collapse } td, th { border: 1px solid var(--line); padding: .25rem .5rem; text-align: start }
  dt { font-weight: 600 } dd { margin: 0 0 .5rem }
  @media (max-width: 30rem) { .session { grid-template-columns: 1fr } }
`;

/** What stands on every page. */
export interface Surroundings {
  site: Site;
}

/** Words of this front end's own. */
const WORDS = {
  pl: { skip: "Przejdź do treści", programme: "Program", files: "Do pobrania", contact: "Kontakt", related: "Może Cię zainteresować", reports: "Relacje", galleries: "Galerie", corrected: "Sprostowanie", gone: "Tej strony już nie ma", register: "Zapisy", organisers: "Organizatorzy", stops: "Plan wizyty", empty: "Na razie nic tu nie ma.", about: "O wydarzeniu" },
  en: { skip: "Skip to content", programme: "Programme", files: "Downloads", contact: "Contact", related: "You may also like", reports: "Reports", galleries: "Galleries", corrected: "Correction", gone: "This page is gone", register: "Registration", organisers: "Organisers", stops: "Stops", empty: "There is nothing here yet.", about: "About the event" },
};
const words = (locale: string) => (locale.startsWith("en") ? WORDS.en : WORDS.pl);

function frame(title: string, locale: string, around: Surroundings, content: Html, description = ""): string {
  const here = around.site.languages.find((each) => each.code === locale) ?? around.site.languages[0];
  const menu = here?.pages.filter((each) => each.in_menu) ?? [];
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${around.site.name}</title>
${when(description, (text) => html`<meta name="description" content="${text}">`)}
<style>${trusted(STYLE)}</style>
</head>
<body>
<a href="#content">${words(locale).skip}</a>
<header><p><a href="${here?.home.path ?? "/"}">${here?.organisation ?? around.site.name}</a></p><nav><ul>${menu.map(
    (each) => html`<li><a href="${each.path}">${each.title}</a></li>`,
  )}</ul></nav></header>
<main id="content">${content}</main>
<footer>${when(around.site.email, (email) => html`<a href="mailto:${email}">${email}</a>`)}</footer>
</body>
</html>
`.source;
}

const card = (each: PageLink): Html =>
  html`<li><a href="${each.path}">${each.title}</a>${when(each.lead, (lead) => html`<br>${lead}`)}</li>`;

const links = (heading: string, found: readonly PageLink[]) =>
  when(found, (each) => html`<section><h2>${heading}</h2><ul class="cards">${each.map(card)}</ul></section>`);

/** What news and events begin and end with. */
function story(item: NewsItem | EventItem, facts: Html, after: Html, around: Surroundings): string {
  const said = words(item.locale);
  const content = html`<article>
<p class="kicker">${item.display.kicker}</p>
<h1>${item.title}</h1>
${item.corrections.map((each) => html`<p class="state">${said.corrected} (${dayInWords(each.date, item.locale)}): ${each.was} → ${each.now}</p>`)}
${when(item.change_note, (note) => html`<p class="state">${note}</p>`)}
<p><strong>${item.lead}</strong></p>
${facts}
${figure(item.image)}
${item.body.map(block)}
${after}
${when(item.attachments, (files) => html`<section><h2>${said.files}</h2>${attachments(files)}</section>`)}
${when(item.contacts, (people) => html`<section><h2>${said.contact}</h2>${people.map(contact)}</section>`)}
${item.projects.map((project) => html`<aside><p>${project.funding_statement}</p>${picture(project.logo_strip)}</aside>`)}
${when(item.byline, (byline) => html`<p>${byline}</p>`)}
</article>
${links(said.galleries, item.galleries)}
${links(said.related, item.related)}`;
  return frame(item.title, item.locale, around, content, item.seo.description);
}

const news = (item: NewsItem, around: Surroundings): string =>
  story(item, html`${when(item.about, (event) => html`<p>${words(item.locale).about}: <a href="${event.path}">${event.title}</a></p>`)}`, html``, around);

function session(each: Session): Html {
  const hours = [each.start, each.end].filter(Boolean).map((hour) => hour?.slice(0, 5));
  return html`<div class="session" id="s-${each.id.slice(0, 8)}"><p>${hours.join("–")}</p><div><p>${
    each.kind === "break" ? each.title : html`<strong>${each.title}</strong>`
  }</p>${when(each.description, (text) => html`<p>${lines(text)}</p>`)}${each.speakers.map(
    (speaker) => html`<p>${[speaker.name, speaker.role, speaker.organisation].filter(Boolean).join(", ")}</p>`,
  )}${when([each.track, each.room].filter(Boolean).join(" · "), (place) => html`<p><small>${place}</small></p>`)}${attachments(each.documents)}</div></div>`;
}

/** A day in words, as the language writes it. */
const dayInWords = (date: string, locale: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString(locale, { dateStyle: "full", timeZone: "UTC" });

const day = (each: Day, locale: string): Html =>
  html`<h3>${[each.heading, each.date && dayInWords(each.date, locale)].filter(Boolean).join(" · ")}</h3>${when(each.tracks, (tracks) => html`<ul>${tracks.map(
    (track) => html`<li>${[track.name, track.audience, track.room].filter(Boolean).join(" · ")}</li>`,
  )}</ul>`)}${each.sessions.map(session)}`;

function event(item: EventItem, around: Surroundings): string {
  const said = words(item.locale);
  const { registration } = item;
  const facts = html`${when(item.display.state_line, (line) => html`<p class="state">${line}</p>`)}
<p>${item.display.date}${when(item.display.where, (where) => html`<br>${where}`)}${when(item.audience, (audience) => html`<br>${audience}`)}</p>
${when(registration.display.url, (url) => html`<p><a class="button" href="${url}">${registration.display.label}</a></p>`)}
${when(registration.display.deadline, (deadline) => html`<p>${said.register}: ${deadline} ${registration.display.extended}</p>`)}`;
  const after = html`${when(item.stops, (stops) => html`<section><h2>${said.stops}</h2><ul>${stops.map(
    (stop) => html`<li>${[stop.place, stop.host, stop.description].filter(Boolean).join(" – ")}</li>`,
  )}</ul></section>`)}
${when(item.agenda, (days) => html`<section><h2>${said.programme}</h2>${when(item.agenda_changes, (changes) => html`<p class="state">${changes.headline}</p>`)}${days.map((each) => day(each, item.locale))}</section>`)}
${when(item.organisers, (every) => html`<section><h2>${said.organisers}</h2><ul>${every.map(
    (each) => html`<li>${each.role_name}: ${each.organisation.name}</li>`,
  )}</ul></section>`)}
${links(said.reports, item.reports)}`;
  return story(item, facts, after, around);
}

function gallery(item: GalleryItem, around: Surroundings): string {
  const content = html`<p class="kicker">${item.display.kicker}</p><h1>${item.title}</h1>${when(item.lead, (lead) => html`<p>${lead}</p>`)}
<div class="photos">${item.photos.map((photo) => figure(photo.image))}</div>`;
  return frame(item.title, item.locale, around, content, item.seo.description);
}

function plain(item: Exclude<Item, { type: "news" | "event" | "gallery" }>, around: Surroundings): string {
  const body = "body" in item && Array.isArray(item.body) ? item.body : [];
  const content = html`<h1>${item.title}</h1>${body.map(block)}`;
  return frame(item.title, "locale" in item ? item.locale : "pl", around, content);
}

/** The page of a list: what it holds, in the order of the API. */
export function list(of: Page, items: readonly ListedItem[], around: Surroundings): string {
  const content = html`<h1>${of.title}</h1>${
    items.length === 0
      ? html`<p>${words(of.locale).empty}</p>`
      : html`<ul class="cards">${items.map(
          (each) => html`<li>${"image" in each ? picture(each.image, "landscape") : ""}<p class="kicker">${each.display.kicker ?? ""}</p>
<a href="${each.path}">${each.title}</a>${"lead" in each ? html`<p>${each.lead}</p>` : ""}${when(each.display.state_line, (line) => html`<p>${line}</p>`)}</li>`,
        )}</ul>`
  }`;
  return frame(of.title, of.locale, around, content);
}

/** What lives at an address, whatever it is. */
export function page(item: Item, around: Surroundings): string {
  switch (item.type) {
    case "news":
      return news(item, around);
    case "event":
      return event(item, around);
    case "gallery":
      return gallery(item, around);
    default:
      return plain(item, around);
  }
}

/** An address that leads elsewhere, as a static host without rules can say it. */
export const redirect = (to: string, around: Surroundings): string =>
  frame(to, "pl", around, html`<meta http-equiv="refresh" content="0; url=${to}"><p><a href="${to}">${to}</a></p>`);

/** Why a page is gone. */
export const gone = (title: string, reason: string, around: Surroundings): string =>
  frame(title || WORDS.pl.gone, "pl", around, html`<h1>${WORDS.pl.gone}</h1><p>${title}</p><p>${lines(reason)}</p>`);
