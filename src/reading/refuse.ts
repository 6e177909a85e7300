// What is refused in the raw text, before KaTeX sees it: commands that define, measure, link or hide, comments,
// invisible characters, and texts that are too long or too deep (measured: 810 bytes of \def cost KaTeX 9 seconds).
import { enforceLimit, Failure } from "../failure.ts";
import { at } from "./item.ts";

/**
 * Of one formula; `steps`, `relations` and `charactersInAll` of a submission, `cells` of a matrix, `terms` of the sums of
 * a relation. A submission of 50,000 characters in lines of 4,000, all of them wrong, took 1.5 seconds.
 */
export const readingLimits = {
  characters: 4000,
  depth: 64,
  steps: 60,
  charactersInAll: 50_000,
  relations: 500,
  cells: 400,
  terms: 20_000,
} as const;

interface Refusal {
  readonly commands: readonly string[];
  /** Completes "The command \def at character 3 …". */
  readonly because: string;
}

const refusals: readonly Refusal[] = [
  {
    commands: [
      "def",
      "gdef",
      "edef",
      "xdef",
      "let",
      "futurelet",
      "newcommand",
      "renewcommand",
      "providecommand",
      "global",
      "long",
      "expandafter",
      "noexpand",
      "char",
    ],
    because: "defines or builds other commands, and formulas are read as they stand; write the formula out",
  },
  {
    commands: ["rule", "kern", "mkern", "hskip", "mskip", "hspace", "raisebox", "vcenter", "smash"],
    because: "moves what is printed and says nothing in a formula; leave it out",
  },
  {
    commands: [
      "phantom",
      "hphantom",
      "vphantom",
      "rlap",
      "llap",
      "clap",
      "mathrlap",
      "mathllap",
      "mathclap",
      "color",
      "textcolor",
      "colorbox",
      "fcolorbox",
      "cancel",
      "bcancel",
      "xcancel",
      "sout",
    ],
    because: "can hide or strike out what the formula says; leave it out",
  },
  {
    commands: ["href", "url", "includegraphics", "html@mathml", "verb"],
    because: "belongs to a page, not to a formula; leave it out",
  },
];

const reasons: ReadonlyMap<string, string> = new Map(
  refusals.flatMap(({ commands, because }) => commands.map((command) => [command, because] as const)),
);

const commandOfAPage = /^html[A-Za-z]*$/;

const commandOrComment = /\\(?<command>[A-Za-z@]+)|\\.|(?<comment>%)/gs;

/** Characters that show nothing, or turn the direction of what follows. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const opens = /^(?:[{([]|\\(?:left|begin|lvert|lbrace|langle)(?![A-Za-z]))/;
const closes = /^(?:[})\]]|\\(?:right|end|rvert|rbrace|rangle)(?![A-Za-z]))/;

/** Throws Failure `formula-syntax` or `limit-exceeded` for LaTeX that must not be parsed; `offset` is added to places. */
export function refuse(latex: string, offset = 0): void {
  refusePlain(latex, offset);
  refuseCommands(latex, offset);
}

/** The same for plain text, which has no commands. */
export function refusePlain(text: string, offset = 0): void {
  refuseLength(text);
  refuseInvisible(text, offset);
  refuseDepth(text, offset);
}

function refuseLength(latex: string): void {
  const { characters } = readingLimits;
  enforceLimit(
    "latex-characters",
    characters,
    latex.length,
    `The formula has ${latex.length} characters, and at most ${characters} are read; split it into several formulas.`,
  );
}

function refuseInvisible(latex: string, offset: number): void {
  const found = invisible.exec(latex);
  if (!found) return;
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const position = found.index + offset;
  throw new Failure("formula-syntax", `The character U+${code} ${at(position)} cannot be seen; delete it.`, {
    position,
  });
}

function refuseCommands(latex: string, offset: number): void {
  for (const match of latex.matchAll(commandOrComment)) {
    const { command, comment } = match.groups!;
    const position = match.index + offset;
    if (comment !== undefined)
      throw new Failure(
        "formula-syntax",
        `The % ${at(position)} starts a comment, which hides the rest of its line; delete it.`,
        { position },
      );
    const because =
      command !== undefined && commandOfAPage.test(command)
        ? reasons.get("href")
        : reasons.get(command ?? "");
    if (because !== undefined)
      throw new Failure("formula-syntax", `The command \\${command} ${at(position)} ${because}.`, {
        position,
      });
  }
}

/** Braces, brackets and environments together, whether or not they match. */
function refuseDepth(latex: string, offset: number): void {
  let depth = 0;
  for (let position = 0; position < latex.length; position += 1) {
    const rest = latex.slice(position, position + 8);
    if (opens.test(rest)) depth += 1;
    else if (closes.test(rest)) depth = Math.max(0, depth - 1);
    if (depth <= readingLimits.depth) continue;
    throw new Failure(
      "limit-exceeded",
      `The formula nests brackets and braces deeper than ${readingLimits.depth} levels ${at(position + offset)}; write it with fewer brackets, or name a part of it.`,
      {
        limit: "latex-depth",
        allowed: readingLimits.depth,
        measured: depth,
        position: position + offset,
      },
    );
  }
}
