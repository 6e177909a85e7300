// Any network, in any format and as any worksheet: an answer, or a sentence that says why there is none.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../src/failure.ts";
import { derivation, worksheet, worksheetMoodle, worksheetPrairieLearn } from "../src/index.ts";
import type { NetworkDescription } from "../src/network/description.ts";
import { viewNames } from "../src/picture/views.ts";
import { formatNames } from "../src/request/formats.ts";
import { taskNames } from "../src/worksheets/task.ts";
import { anyDescription } from "./support/random-networks.ts";

const networks = fc.sample(anyDescription, { numRuns: 12, seed: 7 });

/** The share of networks that have an answer at all; what is thrown and is no Failure ends the test. */
function answered(make: (network: NetworkDescription) => unknown): number {
  const answers = networks.filter((network) => {
    try {
      return Boolean(make(network));
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  });
  return answers.length / networks.length;
}

describe("Any network", () => {
  it.each(formatNames)("Is derived as %s", (format) => {
    expect(answered((network) => derivation({ network }, format))).toBeGreaterThan(0.8);
  });

  it.each(viewNames)("Is drawn as %s, or has no such view", (view) => {
    expect(answered((network) => derivation({ network, render: { view } }, "svg"))).toBeGreaterThan(0.3);
  });

  it.each(taskNames)("Is a worksheet of the task %s, or says why it makes none", (task) => {
    const request = (network: NetworkDescription) => ({ network, task, values: "given" as const, seed: 1 });
    expect(answered((network) => worksheet(request(network)))).toBeGreaterThan(0.3);
    expect(answered((network) => worksheetMoodle(request(network)))).toBeGreaterThan(0.3);
    expect(answered((network) => worksheetPrairieLearn(request(network)))).toBeGreaterThan(0.3);
  });
});

describe("A loss that nothing reaches", () => {
  const network: NetworkDescription = {
    kind: "equations",
    equations: ["q = c^2", "L = 0.5^2"],
    loss: "L",
    parameters: { w: 0.5 },
    constants: { c: 2 },
  };

  it("Has the derivative 0, and neither an empty picture nor an empty table", () => {
    const text = derivation({ network }, "text");
    expect(text).toContain("No path leads from this parameter to the loss, so the derivative is 0.");
    expect(text).not.toContain("The computational graph");
    expect(text).not.toContain("Computed from");
    expect(derivation({ network }, "pdf")).not.toBe("");
  });

  it("Is drawn by itself where that is asked for", () => {
    expect(derivation({ network }, "svg")).toContain('<desc id="desc">L is a number.</desc>');
  });
});
