/** HTML that is safe to write: everything else is escaped. */

export class Html {
  constructor(readonly source: string) {}
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** HTML that the API has sanitised already. */
export const trusted = (source: string): Html => new Html(source);

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.source;
  if (Array.isArray(part)) return part.map(written).join("");
  return String(part).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((made, text, place) => made + text + (place < parts.length ? written(parts[place]) : ""), ""));
}

/** `make` of the value where there is one; nothing for null, an empty text, an empty list. */
export function when<T>(value: T | null | undefined | "", make: (value: T) => Part): Part {
  if (value === null || value === undefined || value === "") return "";
  return Array.isArray(value) && value.length === 0 ? "" : make(value);
}

/** Lines of a plain text. */
export const lines = (text: string): Part => text.split("\n").map((line, place) => (place ? [html`<br>`, line] : line));
