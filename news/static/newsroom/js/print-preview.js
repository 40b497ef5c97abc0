/* Shows the printed page on the screen, in an editor's preview only: rules for print count, rules for widths count as
   they do on A4, and those for dark screens don't. */

const PAPER = 688; // A4 less its margins, in CSS pixels
const REM = 16;

function onPaper(condition) {
  if (condition.includes("print")) return true;
  if (/screen|prefers-color-scheme|prefers-contrast|forced-colors/.test(condition)) return false;
  const widths = [...condition.matchAll(/\((min|max)-width:\s*([\d.]+)(rem|px)\)/g)];
  if (!widths.length) return null;
  return widths.every(([, bound, number, unit]) => {
    const width = Number(number) * (unit === "rem" ? REM : 1);
    return bound === "min" ? width <= PAPER : width >= PAPER;
  });
}

function show(rules) {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const shown = onPaper(rule.media.mediaText);
      if (shown !== null) rule.media.mediaText = shown ? "all" : "not all";
    }
    if (rule.cssRules) show(rule.cssRules);
  }
}

for (const sheet of document.styleSheets) {
  try {
    show(sheet.cssRules);
  } catch {
    // A sheet of another origin may not be read, and is not ours.
  }
}
for (const picture of document.images) picture.loading = "eager";
