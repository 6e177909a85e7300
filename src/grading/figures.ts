// Lines of numbers: each decimal is read as a quantity that rounds to it at the network's own numbers, so that the
// line can be explained as symbols; a bare result is compared with what each slip gives there.
import { factorsOf, isNumber, negate, nodesOf, some } from "../expression/build.ts";
import type { Expr, NumberExpr } from "../expression/expr.ts";
import { toNumber } from "../expression/rational.ts";
import { rewrite } from "../expression/rewrite.ts";
import { dictionary } from "./dictionary.ts";
import type { Suspect } from "./pairs.ts";
import { Sweep } from "./sweep.ts";
import type { Task } from "./task.ts";
import type { World } from "./world.ts";

/** A number of one digit may be anything: a target, a coefficient. */
const fewestDigits = 2;

/** Readings of one decimal, and of the whole line. */
const mostReadings = 3;
const mostLines = 24;

/** Whether a formula is made of numbers, decimals among them. */
export function isFigures(said: Expr): boolean {
  return decimalsIn(said).length > 0 && !some(said, ({ kind }) => kind === "symbol" || kind === "derivative");
}

function decimalsIn(said: Expr): readonly NumberExpr[] {
  return [...nodesOf(said)].filter(
    (node): node is NumberExpr => isNumber(node) && node.decimals !== undefined,
  );
}

/** The formula with quantities for its decimals, in each way that their values at `given` allow, likely ones first. */
export function inSymbols(task: Task, given: World): readonly Expr[] {
  const words = dictionary(task).flatMap(({ expr }) => {
    const value = given.ball(expr).hi;
    return [
      { expr, value },
      { expr: negate(task.graph, expr), value: -value },
    ];
  });
  const choices = decimalsIn(task.said).map((decimal) => ({
    decimal,
    readings: words
      .filter(({ value }) => isMeant(value, decimal))
      .slice(0, mostReadings)
      .map(({ expr }) => expr),
  }));
  const lines = choices.reduce<readonly ReadonlyMap<Expr, Expr>[]>(
    (found, { decimal, readings }) =>
      readings.length === 0
        ? found
        : found
            .flatMap((line) => readings.map((reading) => new Map(line).set(decimal, reading)))
            .slice(0, mostLines),
    [new Map()],
  );
  return lines.map((line) => rewrite(task.graph, task.said, (node) => line.get(node)));
}

/** The suspects whose result at `given` rounds to the one number that was said. */
export function givingTheNumber(task: Task, given: World, suspects: readonly Suspect[]): readonly Suspect[] {
  const { target, said } = task;
  const decimal = factorsOf(said).find(
    (factor): factor is NumberExpr => isNumber(factor) && factor.decimals !== undefined,
  );
  if (target.kind !== "derivative" || !decimal || decimalsIn(said).length !== 1) return [];
  if (factorsOf(said).some((factor) => !isNumber(factor))) return [];
  const sign = Math.sign(given.ball(said).hi);
  const sweep = new Sweep(target.cone, (factor) => given.ball(factor).hi);
  return suspects.filter(({ slip }) => {
    const value = slip.whole ? given.ball(slip.whole).hi : sweep.told(sweep.changes(slip));
    return Math.sign(value) === sign && roundsTo(Math.abs(value), decimal);
  });
}

/** The very datum, or a value that was rounded or cut off after enough digits. */
function isMeant(value: number, decimal: NumberExpr): boolean {
  const written = toNumber(decimal.value);
  if (Math.abs(value - written) <= 1e-14 * Math.abs(written)) return true;
  return digitsOf(decimal) >= fewestDigits && Math.abs(value - written) <= unitOf(decimal);
}

/** Within half a unit of the last digit, of which there are enough. */
function roundsTo(value: number, decimal: NumberExpr): boolean {
  const difference = Math.abs(value - toNumber(decimal.value));
  return digitsOf(decimal) >= fewestDigits && difference <= unitOf(decimal) / 2;
}

/** One unit of the last digit, with room for the rounding of doubles. */
function unitOf({ decimals = 0 }: NumberExpr): number {
  return 1.0001 * 10 ** -decimals;
}

/** Digits that are not leading zeros. */
function digitsOf({ value, decimals = 0 }: NumberExpr): number {
  const scaled = Math.round(Math.abs(toNumber(value)) * 10 ** decimals);
  return scaled === 0 ? 0 : Math.floor(Math.log10(scaled)) + 1;
}
