// Worlds against the numeric engine and against mathjs in 64 digits, on random networks of all kinds.
import fc from "fast-check";
import type { BigNumber } from "mathjs";
import { describe, expect, it } from "vitest";
import { differentiate } from "../src/derivative/adjoints.ts";
import { add, mul } from "../src/expression/build.ts";
import { entries, entryId, entryOffset, type SymbolExpr } from "../src/expression/expr.ts";
import { compare } from "../src/grading/compare.ts";
import { Subject } from "../src/grading/subject.ts";
import type { World } from "../src/grading/world.ts";
import { compile } from "../src/network/compile.ts";
import type { Network } from "../src/network/network.ts";
import { type Ball, isNothing } from "../src/numeric/balls/ball.ts";
import { program } from "../src/numeric/program.ts";
import { run } from "../src/numeric/run.ts";
import { big, bigValue, outside } from "./support/big.ts";
import { anyDescription } from "./support/random-networks.ts";

/** What the doubles of the numeric engine may lose in networks of three layers. */
const engineError = 1e-9;

/** Random networks whose numbers the engine accepts, with the engine's own run. */
const networks = anyDescription.map((description) => {
  const network = compile(description);
  try {
    return { network, numbers: run(network, program(differentiate(network))) };
  } catch {
    return undefined;
  }
});

function parameterEntries({ parameters, graph }: Network) {
  return parameters.flatMap((quantity) => [...entries(quantity)].map((at) => graph.symbol(quantity, at)));
}

describe("the given numbers of a random network", () => {
  it("have the engine's loss, gradients and δ's", () => {
    let compared = 0;
    fc.assert(
      fc.property(networks, (made) => {
        fc.pre(made !== undefined);
        const { network, numbers } = made!;
        const subject = new Subject(network);
        const loss = network.graph.symbol(network.loss);
        for (const [sample, { gradients, values }] of numbers.samples.entries()) {
          const world = subject.given(sample)!;
          const expected = values.get(network.loss)![0]!;
          expect(Math.abs(world.ball(loss).hi - expected)).toBeLessThanOrEqual(
            engineError * (1 + Math.abs(expected)),
          );
          for (const symbol of parameterEntries(network)) {
            const found = world.total(loss, symbol);
            // At a corner of max or abs the engine has a convention, a ball only where the 0 is exact.
            if (isNothing(found)) continue;
            const gradient = gradients.get(symbol.quantity)![entryOffset(symbol.quantity, symbol.indices)]!;
            compared += 1;
            expect(
              Math.abs(found.hi - gradient),
              entryId(symbol.quantity, symbol.indices),
            ).toBeLessThanOrEqual(engineError * (1 + Math.abs(gradient)));
          }
        }
      }),
      { numRuns: 80, seed: 4 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

/** The central difference of the loss in 64 digits: its error is about the square of the step, 1e-50. */
const step = 2 ** -84;

function exactGradient(world: World, symbol: SymbolExpr): BigNumber {
  const loss = world.graph.symbol(world.wiring.network.loss);
  const [above, below] = [step, -step].map((by) => {
    const free = (other: SymbolExpr): Ball => {
      const { hi, lo, radius } = world.binding.free(other);
      return other === symbol ? { hi, lo: lo + by, radius } : { hi, lo, radius };
    };
    return bigValue({ ...world, binding: { ...world.binding, free } }, loss);
  }) as [BigNumber, BigNumber];
  return above.minus(below).dividedBy(big(2 * step));
}

/** What the difference itself loses. */
const differenceError = 1e-33;

describe("the drawn numbers of a random network", () => {
  it("give balls that hold every gradient in more than 30 digits", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyDescription, fc.integer({ min: 0, max: 15 }), (description, number) => {
        const network = compile(description);
        const world = new Subject(network).world(number);
        const loss = network.graph.symbol(network.loss);
        fc.pre(!isNothing(world.ball(loss)));
        for (const symbol of parameterEntries(network).slice(0, 3)) {
          const found = world.total(loss, symbol);
          if (isNothing(found)) continue;
          compared += 1;
          const expected = exactGradient(world, symbol);
          const wide = { ...found, radius: found.radius + differenceError * (1 + Math.abs(found.hi)) };
          expect(outside(wide, expected), entryId(symbol.quantity, symbol.indices)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 40, seed: 6 },
    );
    expect(compared).toBeGreaterThan(60);
  });

  it("give balls that hold every quantity's value in 64 digits, with 24 digits known", () => {
    let compared = 0;
    let wide = 0;
    fc.assert(
      fc.property(anyDescription, fc.integer({ min: 0, max: 15 }), (description, number) => {
        const network = compile(description);
        const world = new Subject(network).world(number);
        fc.pre(!isNothing(world.ball(network.graph.symbol(network.loss))));
        for (const symbol of world.wiring.entries) {
          if (!symbol.quantity.define) continue;
          const found = world.ball(symbol);
          compared += 1;
          expect(isNothing(found)).toBe(false);
          expect(
            outside(found, bigValue(world, symbol)),
            entryId(symbol.quantity, symbol.indices),
          ).toBeLessThanOrEqual(0);
          if (found.radius > 1e-24 * Math.max(1e-3, Math.abs(found.hi))) wide += 1;
        }
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(compared).toBeGreaterThan(200);
    expect(wide / compared).toBeLessThan(0.01);
  });
});

describe("the chain rule of a random network", () => {
  it("is true at every entry with the symbolic local derivatives, and false without one of them", () => {
    const verdicts: string[] = [];
    const dropped: string[] = [];
    fc.assert(
      fc.property(anyDescription, (description) => {
        const network = compile(description);
        const { graph } = network;
        const subject = new Subject(network);
        const loss = graph.symbol(network.loss);
        // Of a softmax over one unit the cross-entropy may have no value anywhere.
        fc.pre(!isNothing(subject.world(0).ball(loss)));
        for (const { symbol, users } of subject.scalar.nodes.slice(0, 12)) {
          if (users.length === 0 || !subject.wiring.dependsOn(loss, symbol)) continue;
          const terms = users.map(({ of, factor }) =>
            mul(graph, [graph.derivative(loss, of.symbol), factor]),
          );
          const left = graph.derivative(loss, symbol);
          verdicts.push(compare(subject, left, add(graph, terms), { sense: "total" }).verdict);
          const [first, ...others] = terms;
          const isGone = compare(subject, first!, graph.number(0), { sense: "total" }).verdict !== "false";
          if (!isGone) dropped.push(compare(subject, left, add(graph, others), { sense: "total" }).verdict);
        }
      }),
      { numRuns: 60, seed: 9 },
    );
    const count = (of: readonly string[], verdict: string) => of.filter((found) => found === verdict).length;
    expect(verdicts.length).toBeGreaterThan(150);
    expect(count(verdicts, "false")).toBe(0);
    expect(count(verdicts, "true") / verdicts.length).toBeGreaterThan(0.98);
    expect(count(dropped, "true")).toBe(0);
    expect(count(dropped, "false") / dropped.length).toBeGreaterThan(0.95);
  });
});
