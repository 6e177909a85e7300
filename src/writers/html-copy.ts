// Buttons that open a field with text to copy. A page runs no script wherever it is shown (its policy is `sandbox`), and
// without one nothing can reach the clipboard; a popover needs none: its button opens it, the field has the focus at
// once, and two keys copy all of it. On paper there are neither buttons nor fields.
import { htmlText } from "./html-text.ts";

export interface Copy {
  /** Unlike all others on the page. */
  readonly id: string;
  /** What is copied: LaTeX, Markdown. */
  readonly what: string;
  readonly text: string;
}

interface CopyWords {
  readonly copyOf: (what: string) => string;
  readonly copyHint: string;
  readonly close: string;
}

export function copyButton({ id, what, text }: Copy, words: CopyWords): string {
  const label = htmlText(words.copyOf(what));
  return [
    `<button type="button" class="copy" popovertarget="${id}" aria-label="${label}">${htmlText(what)}</button>`,
    `<div class="copied" id="${id}" popover role="dialog" aria-label="${label}">`,
    `<textarea readonly autofocus rows="8" spellcheck="false" aria-label="${label}">`,
    // A line break right behind the tag is not part of the text (HTML, section 13.1.2.5).
    `\n${htmlLines(text)}</textarea><p>${htmlText(words.copyHint)} `,
    `<button type="button" class="copy" popovertarget="${id}" popovertargetaction="hide">${htmlText(words.close)}</button></p></div>`,
  ].join("");
}

/** Text with its line breaks. */
function htmlLines(text: string): string {
  return text.split("\n").map(htmlText).join("\n");
}
