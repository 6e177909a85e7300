// Every wrong chain rule of every row is told again: on random networks the result that a row makes is given as a
// student's line, and the diagnosis has the row's code.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagnose, taskOf } from "../src/grading/diagnose.ts";
import { wrongResult } from "../src/grading/explain.ts";
import { misconceptions } from "../src/grading/misconceptions/table.ts";
import { Probe } from "../src/grading/probe.ts";
import { Subject } from "../src/grading/subject.ts";
import { targetOf } from "../src/grading/target.ts";
import { compile } from "../src/network/compile.ts";
import type { NetworkDescription } from "../src/network/description.ts";

const activation = fc.constantFrom("sigmoid", "tanh", "identity", "softplus");

const networks: fc.Arbitrary<NetworkDescription> = fc.record({
  kind: fc.constant("layers" as const),
  inputs: fc.integer({ min: 1, max: 3 }),
  layers: fc.array(
    fc.record({
      type: fc.constant("dense" as const),
      units: fc.integer({ min: 1, max: 3 }),
      activation,
      bias: fc.constantFrom("per-unit" as const, "none" as const, "shared" as const),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  loss: fc.constantFrom("half-squared-error", "squared-error", "mean-squared-error"),
});

/** Networks and lines tried; each line takes some hundredths of a second. */
const runs = 12;
const linesOfEach = 10;

/** Rows that stay silent where nothing names a sample, an update or a function of a function. */
const rows = misconceptions.filter(({ slips }) => slips !== undefined);

describe("every misconception", () => {
  it("is told again from the result that it makes", { timeout: 120_000 }, () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(networks, fc.nat(), (description, choice) => {
        const subject = new Subject(compile(description));
        const probe = new Probe(subject);
        const { graph } = subject.network;
        const nodes = subject.scalar.nodes.filter(
          (node) => node !== subject.scalar.loss && node.symbol.quantity.role !== "target",
        );
        for (let line = 0; line < linesOfEach; line += 1) {
          const node = nodes[(choice + 7 * line) % nodes.length]!;
          const left = graph.derivative(subject.scalar.loss.symbol, node.symbol);
          const target = targetOf(subject, probe, { left, right: left })!;
          const row = rows[(choice + line) % rows.length]!;
          const slips = row.slips!(taskOf(probe, target, graph.number(1)));
          const slip = slips[choice % Math.max(1, slips.length)];
          const right = slip && wrongResult(graph, target, slip);
          if (!right || probe.values(right).some((value) => !Number.isFinite(value))) continue;
          if (probe.equal(left, right)) continue;
          const codes = diagnose(subject, { left, right }).map(({ code }) => code);
          expect(codes, `${row.code} at ${slip.at.id} of ${node.id}`).toContain(row.code);
          told.add(row.code);
        }
      }),
      { numRuns: runs, seed: 20, endOnFailure: true },
    );
    expect(told.size).toBeGreaterThan(8);
  });

  it("is silent where the line is right", () => {
    fc.assert(
      fc.property(networks, fc.nat(), (description, choice) => {
        const subject = new Subject(compile(description));
        const { graph } = subject.network;
        const { nodes, loss } = subject.scalar;
        const node = nodes[choice % nodes.length]!;
        const derivative = graph.derivative(loss.symbol, node.symbol);
        expect(diagnose(subject, { left: derivative, right: derivative })).toEqual([]);
      }),
      { numRuns: runs, seed: 20 },
    );
  });
});
