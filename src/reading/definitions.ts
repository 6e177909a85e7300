// Finds the definitions of a submission before its claims are read: they may stand before or after their use.
import { some } from "../expression/build.ts";
import type { Expr } from "../expression/expr.ts";
import { attempt } from "./attempt.ts";
import type { DefinitionsAt } from "./lines.ts";
import { loneName, type OwnName, ownName, withOwnNames } from "./own.ts";
import { resolve } from "./resolve.ts";
import { keyText } from "./script.ts";
import { readSideOf } from "./sides.ts";
import type { Statement } from "./statement.ts";
import type { Segment, Side } from "./statements.ts";
import type { NameKey } from "./syntax.ts";
import type { StudentLexicon } from "./tables.ts";
import type { Line } from "./taken-apart.ts";

/** The line that a name is defined in. */
interface Placed extends OwnName {
  readonly line: Line;
}

interface Definitions {
  /** The own names as they are meant in a line. */
  readonly namesAt: (line: Line) => readonly OwnName[];
  readonly at: DefinitionsAt;
}

/**
 * Those whose right sides are readable, with the help of one another. The first definition of a name counts, and another
 * one only where it says := or stands behind another heading; elsewhere it is a claim about the first.
 */
export function definitionsOf(lexicon: StudentLexicon, lines: readonly Line[]): Definitions {
  let waiting = lines.flatMap((line) =>
    line.segments.filter((segment) => mayDefine(segment, lexicon)).map((segment) => ({ line, segment })),
  );
  const names: Placed[] = [];
  const at = new Map<Segment, readonly Statement[]>();
  const namesAt = (line: Line): readonly OwnName[] => inForce(names, line, lines);
  for (let found = true; found && waiting.length > 0; ) {
    found = false;
    for (const { line, segment } of waiting) {
      const known = withOwnNames(lexicon, namesAt(line));
      const name = loneName(segment.sides[0]!)!;
      if (known.tables.symbols.find(name).length > 0 && !definesAnew(segment, line, names, lines)) continue;
      const defined = definition(segment, name, known);
      if (defined.length === 0) continue;
      names.push(...defined.map((own) => ({ ...own, line })));
      at.set(
        segment,
        defined.map((own) => statementOf(own, segment)),
      );
      found = true;
    }
    waiting = waiting.filter(({ segment }) => !at.has(segment));
  }
  return { namesAt, at };
}

/** Of the definitions of a name the last one before in this section, else the next one in it, else the last one before. */
function inForce(names: readonly Placed[], line: Line, lines: readonly Line[]): readonly OwnName[] {
  const here = lines.indexOf(line);
  const rank = (definition: Placed): number => {
    const distance = here - lines.indexOf(definition.line);
    const elsewhere = definition.line.section === line.section ? 0 : 2 * lines.length;
    return elsewhere + (distance >= 0 ? distance : lines.length - distance);
  };
  const best = new Map<string, number>();
  for (const each of names) {
    const key = keyText(each.name);
    best.set(key, Math.min(best.get(key) ?? Number.POSITIVE_INFINITY, rank(each)));
  }
  return names.filter((each) => rank(each) === best.get(keyText(each.name)));
}

function definesAnew(
  { sides, signs }: Segment,
  line: Line,
  names: readonly Placed[],
  lines: readonly Line[],
): boolean {
  const key = keyText(loneName(sides[0]!)!);
  const before = names.filter((each) => keyText(each.name) === key);
  if (before.some((each) => each.line.section === line.section && signs[0] !== ":=")) return false;
  // A number is a claim about what a formula has defined, and another number about nothing.
  const isNumber = !sides[1]!.items.some(({ atom }) => atom.kind === "name");
  const last = before.filter((each) => lines.indexOf(each.line) < lines.indexOf(line)).at(-1);
  return last !== undefined && (!isNumber || !mentionsSymbols(last.quantity.define!));
}

function mentionsSymbols(expr: Expr): boolean {
  return some(expr, ({ kind }) => kind === "symbol");
}

/** A name of the network's letters with other indices is a slip, not a new name, unless "let" stands before it. */
function mayDefine({ role, sides, signs }: Segment, lexicon: StudentLexicon): boolean {
  const { tables, vocabulary } = lexicon;
  const name = signs.length > 0 && signs[0] !== "≠" && loneName(sides[0]!);
  if (!name || tables.symbols.find(name).length > 0 || tables.functions.has(name)) return false;
  if (isOperatorAtName(name)) return false;
  if (role === "reason" || isProductOfNames(name, tables)) return false;
  const isSaid = role === "definition" || signs[0] === ":=";
  if (!isSaid && (vocabulary.hasBase(name.base) || isDifferential(name, tables))) return false;
  return !isReadable(sides[0]!, lexicon);
}

/** dw, where the network has a w: a claim about ∂L/∂w, or a differential, and no name of one's own. */
function isDifferential({ base, sub, sup }: NameKey, { symbols }: StudentLexicon["tables"]): boolean {
  const behind = base.normalize("NFC").slice(1);
  return /^[d∂]$/.test(base[0]!) && behind !== "" && symbols.find({ base: behind, sub, sup }).length > 0;
}

/** Δw is what a step adds to w, and ∇E a gradient, also where there is no such w or E. */
function isOperatorAtName({ base }: NameKey): boolean {
  return /^[Δ∇∂]./u.test(base);
}

/** Δw and E_w are no names, but they mean something. */
function isReadable(side: Side, lexicon: StudentLexicon): boolean {
  return attempt(() => readSideOf(lexicon, side)) !== undefined;
}

/** The letters of wx could be a product: a word has a letter that names nothing. */
function isProductOfNames({ base, sub, sup }: NameKey, { symbols }: StudentLexicon["tables"]): boolean {
  const letters = [...base.normalize("NFC")];
  if (letters.length < 2) return false;
  const known = (letter: string, scripts: Omit<NameKey, "base">): boolean =>
    symbols.find({ base: letter, ...scripts }).length > 0;
  const first = letters.slice(0, -1).every((letter) => known(letter, { sub: "", sup: "" }));
  return first && known(letters.at(-1)!, { sub, sup });
}

/** One own name for each way in which its index letters can be meant; none where the value cannot be read yet. */
function definition({ sides }: Segment, name: NameKey, lexicon: StudentLexicon): readonly OwnName[] {
  const read = (): readonly OwnName[] => {
    const value = readSideOf(lexicon, sides[1]!);
    const { assignments, under } = resolve({ sides: [value], signs: [] }, lexicon.tables);
    return assignments.map((assignment) => {
      const {
        sides: [expr],
        letters,
      } = under(assignment);
      return ownName(name, expr, letters);
    });
  };
  return attempt(read) ?? [];
}

function statementOf({ quantity }: OwnName, { sides }: Segment): Statement {
  const span = { start: sides[0]!.span.start, end: sides[1]!.span.end };
  return { kind: "definition", span, quantity, value: quantity.define! };
}
