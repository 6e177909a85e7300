// The flavours of Markdown: one row each. A row says how its processor takes formulas, which marks a backslash turns
// into text there, and what its templates make of front matter.
import type { Block } from "../derivation/document.ts";
import { markdownText, unsought } from "./markdown-text.ts";

type Tone = (Block & { kind: "note" })["tone"];

export interface Flavor {
  readonly title: string;
  /** A formula in running text; `alone` where nothing stands beside it in its paragraph or item. */
  readonly inline: (latex: string, alone: boolean) => string;
  readonly display: (latex: string) => string;
  /** Words in which nothing acts. */
  readonly text: (words: string) => string;
  readonly note: (tone: Tone, text: string) => string;
  /** What the processor shows by itself, or with what comes along with it. */
  readonly pictures: PictureKind;
  /** A Mermaid diagram. */
  readonly diagram: (mermaid: string) => string;
  /** A text of the front matter, as templates must be given it. */
  readonly frontMatterText: (text: string) => string;
  /** Key of the course in the front matter. */
  readonly courseKey: "course" | "subtitle";
  /** What the site shows from the front matter, so that the page itself need not. */
  readonly shown: readonly ("title" | "author" | "course" | "date")[];
}

/** A Mermaid diagram, a link to an SVG, or arrows in lines of text. */
export const pictureKinds = ["mermaid", "svg", "text"] as const;

export type PictureKind = (typeof pictureKinds)[number];

const quote = (_tone: Tone, text: string): string => `> ${text}`;

/** Obsidian Help, "Callouts". */
const callouts: Readonly<Record<Tone, string>> = { agrees: "success", warning: "warning", remark: "note" };

/** Quarto Guide, "Callout Blocks". */
const quartoCallouts: Readonly<Record<Tone, string>> = { agrees: "tip", warning: "warning", remark: "note" };

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const dollars = {
  inline: (latex: string): string => `$${latex}$`,
  display: (latex: string): string => `$$\n${latex}\n$$`,
} as const;

/** GitHub Docs, "Writing mathematical expressions": $`…`$ where a rule of Markdown would come first. */
function githubInline(latex: string): string {
  const isSafe = !/[^A-Za-z0-9]_|\*|\\[^A-Za-z]|</.test(latex);
  return isSafe ? `$${latex}$` : `$\`${latex}\`$`;
}

/** Hugo puts the inside of a shortcode into the page as HTML. */
function inHtml(latex: string): string {
  return latex.replaceAll("<", "\\lt ").replaceAll(">", "\\gt ");
}

/** Templates that escape what they print. */
const asItStands = unsought;

/** Templates that print a title as HTML. */
function withoutTags(text: string): string {
  return unsought(text).replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Arithmatex takes an escaped bracket for the start of a formula, and scripts of MkDocs themes take single dollars for
 * formulas, unless another element stands around them.
 */
function mkdocsText(words: string): string {
  return markdownText(words, /[\\`*_{}>#+\-.!]/).replaceAll("&#36;", "<span>&#36;</span>");
}

/** Quarto before 1.4 looks for shortcodes in the parsed text: a comment keeps their opening apart. */
function quartoText(words: string): string {
  return markdownText(words).replaceAll("\\{\\{\\<", "\\{\\{<!-- -->\\<");
}

const rows = {
  gfm: {
    title: "GitHub Flavored Markdown",
    // GitHub Docs, "Creating diagrams".
    pictures: "mermaid",
    inline: githubInline,
    display: (latex) => fence("math", latex),
    text: (words) => markdownText(words),
    note: quote,
    diagram: (mermaid) => fence("mermaid", mermaid),
    frontMatterText: asItStands,
    courseKey: "course",
    shown: [],
  },
  // The shortcodes of the Book theme: https://hugo-book-demo.netlify.app/docs/shortcodes/katex/
  hugo: {
    title: "Hugo with katex shortcodes",
    // The theme's shortcode; Hugo by itself has GoAT diagrams only (Hugo documentation, "Diagrams").
    pictures: "mermaid",
    inline: (latex) => `{{< katex >}}${inHtml(latex)}{{< /katex >}}`,
    display: (latex) => `{{< katex display >}}\n${inHtml(latex)}\n{{< /katex >}}`,
    text: (words) => markdownText(words),
    note: quote,
    diagram: (mermaid) => `{{< mermaid >}}\n${mermaid}\n{{< /mermaid >}}`,
    frontMatterText: asItStands,
    courseKey: "course",
    shown: ["title"],
  },
  // kramdown, "Math Blocks": $$ everywhere; a backslash before a lone one keeps it in its line. Liquid runs first.
  jekyll: {
    title: "Jekyll with kramdown",
    // Neither kramdown nor the plugins that GitHub Pages allows draw Mermaid.
    pictures: "svg",
    inline: (latex, alone) => `${alone ? "\\" : ""}$$${latex}$$`,
    display: (latex) => `$$\n${latex}\n$$`,
    text: (words) => markdownText(words, /[\\.*_+`<>()[\]{}#!:|"'$=-]/),
    note: quote,
    diagram: (mermaid) => fence("mermaid", mermaid),
    frontMatterText: withoutTags,
    courseKey: "course",
    shown: ["title"],
  },
  obsidian: {
    title: "Obsidian and Quartz",
    // Obsidian Help, "Advanced formatting syntax", section "Diagram".
    pictures: "mermaid",
    ...dollars,
    // Its own marks are taken from the text as it stands: %% comments, ==highlights==, ^block names.
    text: (words) => markdownText(words, /[\\`*_{}[\]<>#|$!+.)-]/),
    note: (tone, text) => `> [!${callouts[tone]}]\n> ${text}`,
    diagram: (mermaid) => fence("mermaid", mermaid),
    frontMatterText: asItStands,
    courseKey: "course",
    shown: [],
  },
  quarto: {
    title: "Quarto",
    // Quarto Guide, "Diagrams".
    pictures: "mermaid",
    ...dollars,
    text: quartoText,
    note: (tone, text) => `::: {.callout-${quartoCallouts[tone]}}\n${text}\n:::`,
    diagram: (mermaid) => fence("{mermaid}", mermaid),
    frontMatterText: quartoText,
    courseKey: "subtitle",
    shown: ["title", "author", "course", "date"],
  },
  // PyMdown Extensions, "Arithmatex"; the marks that Python-Markdown unescapes.
  mkdocs: {
    title: "MkDocs with arithmatex",
    // Material for MkDocs, "Diagrams": a fence of SuperFences, from the same extensions as arithmatex.
    pictures: "mermaid",
    ...dollars,
    text: mkdocsText,
    note: quote,
    diagram: (mermaid) => fence("mermaid", mermaid),
    frontMatterText: withoutTags,
    courseKey: "course",
    shown: [],
  },
} as const satisfies Record<string, Flavor>;

/**
 * The cells of a notebook. JupyterLab takes formulas out of a cell before it reads the Markdown, by $, by \\\\( and by
 * \\begin: a character reference hides their marks from it. Diagrams are not drawn by every program that opens notebooks.
 */
export const jupyter: Flavor = {
  title: "Jupyter",
  pictures: "text",
  ...dollars,
  text: (words) => markdownText(words, /[*_`#>~|+.!:=^-]/),
  note: quote,
  diagram: (mermaid) => fence("mermaid", mermaid),
  frontMatterText: asItStands,
  courseKey: "course",
  shown: [],
};

export type FlavorName = keyof typeof rows;

export const flavors: Readonly<Record<FlavorName, Flavor>> = rows;

export const flavorNames = Object.keys(rows) as readonly FlavorName[];
