// KaTeX's syntax tree behind a wall: the only file that reads with KaTeX. The parse function is not part of KaTeX's
// promised interface; the version is pinned, and tests hold the shapes of the nodes that are relied on.
import katex from "katex";
import { Failure } from "../failure.ts";
import { at, type Span } from "./item.ts";

/** The nodes that formulas are made of, with the fields that are read. */
export type TreeNode = {
  /** Absent on nodes that KaTeX adds; `lexer.input` is the text of a macro where the node comes from one. */
  readonly loc?: Location | null;
} & (
  | { readonly type: "mathord" | "textord"; readonly text: string }
  | { readonly type: "atom"; readonly family: string; readonly text: string }
  | {
      readonly type: "ordgroup" | "styling" | "sizing" | "mclass" | "text";
      readonly body: readonly TreeNode[];
    }
  | {
      readonly type: "supsub";
      readonly base?: TreeNode | null;
      readonly sub?: TreeNode | null;
      readonly sup?: TreeNode | null;
    }
  | { readonly type: "font"; readonly font: string; readonly body: TreeNode }
  | { readonly type: "accent"; readonly label: string; readonly base: TreeNode }
  | { readonly type: "operatorname"; readonly body: readonly TreeNode[] }
  | { readonly type: "op"; readonly name?: string; readonly body?: readonly TreeNode[] }
  | {
      readonly type: "genfrac";
      readonly numer: TreeNode;
      readonly denom: TreeNode;
      readonly hasBarLine: boolean;
      readonly leftDelim: string | null;
    }
  | { readonly type: "sqrt"; readonly body: TreeNode; readonly index?: TreeNode | null }
  | {
      readonly type: "leftright";
      readonly left: string;
      readonly right: string;
      readonly body: readonly TreeNode[];
    }
  | { readonly type: "delimsizing"; readonly delim: string }
  | { readonly type: "array"; readonly body: readonly (readonly TreeNode[])[] }
  | { readonly type: "enclose"; readonly label: string; readonly body: TreeNode }
  | { readonly type: "horizBrace"; readonly base: TreeNode }
  | { readonly type: "htmlmathml"; readonly mathml: readonly TreeNode[] }
  | { readonly type: "tag"; readonly body: readonly TreeNode[] }
  | { readonly type: "kern"; readonly dimension: { readonly number: number; readonly unit: string } }
  | { readonly type: "spacing" | "cr" }
);

interface Location {
  readonly start: number;
  readonly end: number;
  readonly lexer: { readonly input: string };
}

/** A parsed text; positions of nodes are asked of it, because KaTeX counts inside the delimiters. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  /** Where a node stands in the text as it was given; nothing for nodes that KaTeX adds. */
  readonly spanOf: (node: TreeNode) => Span | undefined;
}

/** Eleven `~` or six `\implies` are about fifty expansions of KaTeX's own macros; formulas stay far below this. */
const largestExpansion = 200;

const delimiters = /^\s*(?:\$\$([^$]*)\$\$|\$([^$]*)\$|\\\((.*)\\\)|\\\[(.*)\\\])\s*$/ds;

/**
 * Parses LaTeX that `refuse` has let through; it begins at `start` of a longer text. Throws Failure "formula-syntax"
 * with the position for anything else.
 */
export function treeOf(latex: string, start = 0): Tree {
  const inner = undelimited(latex);
  const { text } = inner;
  const offset = inner.offset + start;
  try {
    return { nodes: parse(text), spanOf: (node) => spanIn(text, offset, node) };
  } catch (error) {
    throw syntaxFailure(error, offset, start + latex.length);
  }
}

/** The formula between $ … $, $$ … $$, \( … \) or \[ … \], where the text has them. */
function undelimited(latex: string): { text: string; offset: number } {
  const inner = delimiters
    .exec(latex)
    ?.indices?.slice(1)
    .find((range) => range !== undefined);
  return inner ? { text: latex.slice(...inner), offset: inner[0] } : { text: latex, offset: 0 };
}

function parse(text: string): readonly TreeNode[] {
  const { __parse } = katex as unknown as { __parse: (text: string, options: object) => unknown };
  const options = { displayMode: true, throwOnError: true, strict: "ignore", trust: false, macros: {} };
  // The one boundary where KaTeX's tree gets a type; nodes of other types are met with a sentence when they are read.
  return __parse(text, { ...options, maxExpand: largestExpansion }) as readonly TreeNode[];
}

function spanIn(text: string, offset: number, { loc }: TreeNode): Span | undefined {
  if (!loc || loc.lexer.input !== text) return undefined;
  return { start: loc.start + offset, end: loc.end + offset };
}

/** KaTeX's own errors keep their reason; whatever else it throws (too deep, a broken tree) gets one sentence. */
function syntaxFailure(error: unknown, offset: number, length: number): Failure {
  const { rawMessage, position } = error as { rawMessage?: unknown; position?: unknown };
  if (typeof rawMessage !== "string")
    return new Failure(
      "formula-syntax",
      "The formula is too tangled to be read as LaTeX; write it with fewer nested commands.",
    );
  const place = Math.min(typeof position === "number" ? position + offset : length, length);
  return new Failure(
    "formula-syntax",
    `The formula is not LaTeX ${at(place)}: ${sentence(rawMessage)} Write it as KaTeX accepts it.`,
    { position: place },
  );
}

/** KaTeX quotes what was written; the quoted part is cut where a hostile text would make it long. */
function sentence(message: string): string {
  const short = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
  return `${short.replace(/[.\s]+$/, "")}.`;
}

const longestMessage = 160;
