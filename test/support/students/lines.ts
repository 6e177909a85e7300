// Lines as made-up students write them, with the verdicts that their relations deserve.
import type { NotationKey } from "../../../src/notation/notation.ts";
import { type Truth, truthOf, worldsOf } from "./evaluate.ts";
import type { Formula } from "./formula.ts";
import { indexedRelations } from "./indexed.ts";
import type { Model } from "./model.ts";
import { mutated } from "./mutate.ts";
import { indexLetters, marksLayers } from "./names.ts";
import { numericLines } from "./numeric.ts";
import { type Random, seeded } from "./random.ts";
import { type Relation, relationsOf } from "./relations.ts";
import { rewritten } from "./rewrite.ts";
import { type Hand, someHand, spell } from "./spelling.ts";
import type { World } from "./values.ts";

export interface StudentLine {
  readonly model: Model;
  readonly notation: NotationKey;
  readonly text: string;
  /** One for each equality sign, in order. */
  readonly expected: readonly ("true" | "false")[];
  /** The name of the mistake, where one was made. */
  readonly slip?: string;
}

/** What one model and dialect allow, made once. */
interface Source {
  readonly model: Model;
  readonly notation: NotationKey;
  readonly relations: readonly Relation[];
  readonly worlds: readonly World[];
}

/** `count` lines about a model, of which about `wrong` hold one mistake. The same seed gives the same lines. */
export function studentLines(
  model: Model,
  seed: number,
  count: number,
  wrong: number,
): readonly StudentLine[] {
  const random = seeded(seed);
  const sources = model.notations.map((notation): Source => {
    const usesLetters = model.names.size === 0 && marksLayers(notation);
    const indexed = usesLetters ? indexedRelations(model, indexLetters(notation)) : [];
    return {
      model,
      notation,
      relations: [...relationsOf(model), ...indexed],
      worlds: worldsOf(model, random),
    };
  });
  const lines: StudentLine[] = [];
  while (lines.length < count) {
    const line = someLine(random.pick(sources), random, random.chance(wrong));
    if (line) lines.push(line);
  }
  return lines;
}

function someLine(source: Source, random: Random, isWrong: boolean): StudentLine | undefined {
  const { model, notation, worlds } = source;
  const relation = random.pick(source.relations);
  const forms = random
    .shuffled(relation.forms)
    .slice(0, 1 + random.below(3))
    .map((form) => rewritten(form, model, random, random.below(7)));
  const position = random.below(forms.length);
  const slip = isWrong ? mutated(forms[position]!, model, random) : undefined;
  if (isWrong && !slip) return undefined;
  const written = slip ? forms.with(position, slip.formula) : forms;
  const sides = [relation.head, ...written];
  const truths = written.map((side, before) => truthOf(worlds, sides[before]!, side, relation.free));
  const expected = decided(truths);
  // A mistake that changes nothing is none; one that can hardly be seen is no test.
  if (!expected || isWrong !== expected.includes("false")) {
    if (!isWrong)
      throw new Error(`A right line of "${model.title}" came out wrong: ${shown(source, random, sides)}`);
    return undefined;
  }
  return { model, notation, text: lineOf(source, random, sides), expected, ...(slip && { slip: slip.slip }) };
}

/** `count` lines of numbers about a model that has numbers, of which about `wrong` hold one slip. */
export function numericStudentLines(
  model: Model,
  seed: number,
  count: number,
  wrong: number,
): readonly StudentLine[] {
  const random = seeded(seed);
  const some = numericLines(model, random);
  const lines: StudentLine[] = [];
  while (lines.length < count) {
    const line = some(random.chance(wrong));
    if (!line) continue;
    const notation = random.pick(model.notations);
    const text = lineOf({ model, notation }, random, line.sides);
    lines.push({ model, notation, text, expected: line.expected, ...(line.slip && { slip: line.slip }) });
  }
  return lines;
}

function decided(truths: readonly Truth[]): readonly ("true" | "false")[] | undefined {
  const clear = truths.filter((truth) => truth !== "unclear");
  return clear.length === truths.length ? clear : undefined;
}

const shown = ({ model, notation }: Source, random: Random, sides: readonly Formula[]): string =>
  sides.map((side) => spell(someHand(model, notation, random), side)).join(" = ");

function lineOf(
  { model, notation }: Pick<Source, "model" | "notation">,
  random: Random,
  sides: readonly Formula[],
): string {
  const hand = someHand(model, notation, random);
  const sign = random.pick(["=", " = ", " = "]);
  const texts = sides.map((side) => spell(hand, side));
  return hand.medium === "latex" ? wrapped(hand, texts, sign) : texts.join(sign);
}

function wrapped({ random }: Hand, texts: readonly string[], sign: string): string {
  const line = texts.join(sign);
  const [first, ...rest] = texts;
  return random.pick([
    line,
    line,
    line,
    `$${line}$`,
    `$$${line}$$`,
    `\\[ ${line} \\]`,
    `\\begin{aligned} ${first} &${sign}${rest.join(` \\\\ &${sign}`)} \\end{aligned}`,
    `${line}.`,
    `\\therefore ${line}`,
    `\\boxed{${line}}`,
    `\\displaystyle ${line}`,
    `\\text{Then } ${line}`,
  ]);
}
