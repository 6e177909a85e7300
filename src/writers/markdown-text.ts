// Words as Markdown text, whatever the flavour makes of them: marks that could act are escaped by a backslash where the
// flavour's parser takes one, else written as character references, which no parser reads as marks.

/** Marks that can open emphasis, a link, HTML, a formula, a footnote, an emoji, or a template of a site generator. */
const active = /[\\`*_{}[\]<>#|~$&@:^=%]|\+(?=\+)/g;

/** What only the start of a line makes a bullet, a number or a box, and the start of a bare address. */
const openings = /^(\s*)([-+!?])|^(\s*\d{1,9})([.)])|(www)(\.)/gi;

/** Every punctuation mark of ASCII (CommonMark 0.31, section 2.4). */
const anyPunctuation = /[!-/:-@[-`{-~]/;

/**
 * What scripts look for in the finished page, where no escape is left to see: the delimiters of formulas, addresses to
 * be linked, people to be notified. An invisible word joiner keeps their marks apart.
 */
const sought = /\\(?=[([]|begin)|\$(?=\$)|:(?=\/\/)|www(?=\.)|@(?=\S)/gi;

const wordJoiner = "\u2060";

export function unsought(text: string): string {
  return text.replace(sought, `$&${wordJoiner}`);
}

/** `escapable` are the marks that a backslash turns into text. */
export function markdownText(text: string, escapable: RegExp = anyPunctuation): string {
  const escaped = (mark: string): string => (escapable.test(mark) ? `\\${mark}` : reference(mark));
  return unsought(oneLine(text))
    .replace(active, escaped)
    .replace(openings, (match) => match.slice(0, -1) + escaped(match.at(-1)!));
}

function reference(mark: string): string {
  return `&#${mark.codePointAt(0)};`;
}

/** Nothing of a user opens a new line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ");
}

/** Code that some page would run or fill in: templates, inline queries, inline R and Python. */
const live = /\{[{%]|^\s*(\$?=|r\s|\{)/;

/** A code span fenced by more backticks than it holds; a bar would end the cell of a table. */
export function codeSpan(text: string, asText: (words: string) => string): string {
  if (live.test(text)) return asText(text);
  const inert = oneLine(text).replaceAll("|", "¦");
  const longest = Math.max(0, ...(inert.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = inert.startsWith("`") || inert.endsWith("`") || inert === "" ? " " : "";
  return `${fence}${pad}${inert}${pad}${fence}`;
}
