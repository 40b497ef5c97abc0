/** Blocks of a text. The union is open: a type that is not known here is left out. */

import type { Attachment, Block, Image } from "./api.js";
import { html, lines, trusted, when, type Html } from "./html.js";

export function picture(image: Image | null, crop: "original" | "wide" | "landscape" | "square" = "original"): Html | "" {
  const shown = image?.renditions[crop] ?? image?.renditions.original;
  if (!image || !shown) return "";
  const sizes = crop === "original" ? "(min-width: 60rem) 50rem, 100vw" : "20rem";
  return html`<picture>${when(shown.srcset.avif, (set) => html`<source type="image/avif" srcset="${set}" sizes="${sizes}">`)}${when(
    shown.srcset.webp,
    (set) => html`<source type="image/webp" srcset="${set}" sizes="${sizes}">`,
  )}<img src="${shown.url}" width="${shown.width}" height="${shown.height}" alt="${image.alt}" loading="lazy"></picture>`;
}

export const figure = (image: Image | null): Html | "" =>
  image && image.renditions.original
    ? html`<figure>${picture(image)}${when([image.caption, image.credit].filter(Boolean).join(" "), (words) => html`<figcaption>${words}</figcaption>`)}</figure>`
    : "";

export const attachment = (file: Attachment): Html =>
  html`<li>${file.closed ? html`${file.title} (zamknięte)` : html`<a href="${file.url}">${file.title}</a>`} <small>${file.display.attachment_line}</small></li>`;

export const attachments = (files: readonly Attachment[]): Html | "" =>
  files.length ? html`<ul class="files">${files.map(attachment)}</ul>` : "";

export function block(each: Block): Html | "" {
  switch (each.type) {
    case "heading":
      return each.value.level === 2
        ? html`<h2>${each.value.text}</h2>`
        : each.value.level === 3
          ? html`<h3>${each.value.text}</h3>`
          : html`<h4>${each.value.text}</h4>`;
    case "paragraph":
      return trusted(each.value.text);
    case "image":
      return figure(each.value);
    case "attachments":
      return attachments(each.value.items);
    case "quote":
      return html`<blockquote><p>${lines(each.value.text)}</p>${when([each.value.who, each.value.role].filter(Boolean).join(", "), (who) => html`<footer>${who}</footer>`)}</blockquote>`;
    case "table":
      return html`<table>${when(each.value.caption, (words) => html`<caption>${words}</caption>`)}<thead><tr>${each.value.columns.map(
        (column) => html`<th scope="col">${column.heading}</th>`,
      )}</tr></thead><tbody>${each.value.rows.map(
        (row) =>
          html`<tr>${row.cells.map((cell, place) => html`<td>${each.value.columns[place]?.type === "rich_text" ? trusted(cell) : cell}</td>`)}</tr>`,
      )}</tbody></table>`;
    case "video":
      return html`<p><a href="${each.value.url}">${each.value.title}</a></p>${when(each.value.transcript, (text) => html`<details><summary>Transkrypcja</summary>${trusted(text)}</details>`)}`;
    case "call_to_action":
      return html`${when(each.value.text, (text) => html`<p>${text}</p>`)}<p><a class="button" href="${each.value.page?.path ?? each.value.url}">${each.value.label}</a></p>`;
    case "accordion":
      return html`${each.value.items.map((part) => html`<details><summary>${part.title}</summary>${trusted(part.text)}</details>`)}`;
    case "contact":
      return contact(each.value);
    case "gallery":
      return html`<section><h3><a href="${each.value.path}">${each.value.title}</a></h3>${each.value.photos.map((photo) => figure(photo.image))}</section>`;
    default:
      return "";
  }
}

export const contact = (person: { name: string; role: string; email: string; phone: string }): Html =>
  html`<p>${[person.name, person.role].filter(Boolean).join(", ")}${when(person.email, (email) => html`<br><a href="mailto:${email}">${email}</a>`)}${when(
    person.phone,
    (phone) => html`<br><a href="tel:${phone.replaceAll(" ", "")}">${phone}</a>`,
  )}</p>`;
