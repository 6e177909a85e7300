// What the reader of requests lets pass and what not, beyond the sentences of errors.test.ts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../src/failure.ts";
import { defaultAllowances, limits } from "../src/limits.ts";
import { parseJson } from "../src/request/json.ts";
import { asSent, inNetwork, readDerivationRequest, readGradientsRequest } from "../src/request/read.ts";
import { equations, layers, units } from "./http/requests.ts";

const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

const parse = (text: string) => parseJson(text, defaultAllowances);

describe("JSON is read as JSON.parse reads it, and refused where JSON.parse refuses", () => {
  it("Any JSON value without a key twice is read as JSON.parse reads it", () => {
    const value = fc
      .jsonValue({ depthSize: "medium" })
      .filter((each) => !JSON.stringify(each).includes("__proto__"));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2), (each, indent) => {
        const text = JSON.stringify(each, null, indent);
        if (!/\\ud[89a-f]/i.test(text)) expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("A text with one character changed is read if and only if JSON.parse reads it", () => {
    const text = '{"a": [1, -0.5e+3, true, false, null, "\\u00e9\\n"], "b": {"c": []}}';
    const letters = fc.constantFrom(...'{}[]",:01eE+-. \\\ntrufalsn');
    fc.assert(
      fc.property(fc.nat(text.length - 1), letters, (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        let fits = true;
        try {
          JSON.parse(changed);
        } catch {
          fits = false;
        }
        try {
          parse(changed);
          expect(fits, changed).toBe(true);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          expect(fits && error.code === "not-json", changed).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("A key that escapes spell differently is still the same key", () => {
    expect(failureOf(() => parse('{"a": 1, "\\u0061": 2}')).code).toBe("duplicate-key");
  });

  it("The same key in two objects is no repetition", () => {
    expect(parse('[{"a": 1}, {"a": 2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("A pointer escapes tilde and slash", () => {
    expect(failureOf(() => parse('{"a/b~c": {"x": 1, "x": 1}}')).details.pointer).toBe("/a~1b~0c/x");
  });

  it("A byte order mark is no part of the text", () => {
    expect(parseJson(Buffer.from("\ufeff[1]"), defaultAllowances)).toEqual([1]);
  });

  it("Nesting is allowed up to its limit", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(() => parse(nested(limits.nesting.allowed))).not.toThrow();
    expect(failureOf(() => parse(nested(100_000))).details).toMatchObject({ limit: "nesting", allowed: 64 });
  });

  it("Keys are allowed up to their limit", () => {
    const keys = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 0])));
    expect(() => parse(keys(limits.keys.allowed))).not.toThrow();
    expect(failureOf(() => parse(keys(limits.keys.allowed + 1))).details).toMatchObject({ limit: "keys" });
  });
});

describe("A request is read without being changed", () => {
  it.each([layers, units, equations])(
    "A network alone is the request with every default: $kind",
    (network) => {
      const bare = readDerivationRequest(JSON.stringify(network));
      const whole = readDerivationRequest(JSON.stringify({ network }));
      expect(bare.request).toEqual(whole.request);
      expect([bare.bare, whole.bare]).toEqual([true, false]);
      expect(readGradientsRequest(JSON.stringify(network)).request.network).toEqual(network);
    },
  );

  it("Nothing is coerced", () => {
    const coerced = [
      { digits: "5" },
      { check: "true" },
      { check: null },
      { maxPaths: [5] },
      { detail: true },
    ];
    for (const fields of coerced)
      expect(
        failureOf(() => readDerivationRequest(JSON.stringify({ network: layers, ...fields }))).status,
      ).toBe(400);
  });

  it("Names such as constructor are ordinary names", () => {
    const network = {
      ...equations,
      equations: ["L = constructor*toString"],
      parameters: { constructor: 1, toString: 2 },
      constants: {},
    };
    expect(readDerivationRequest(JSON.stringify(network)).request.network).toMatchObject({
      kind: "equations",
    });
  });

  it("Negative zero is zero", () => {
    const { network } = readDerivationRequest(JSON.stringify(layers).replace("0.6", "-0")).request;
    expect(
      Object.is(
        (network as typeof layers & { layers: { weights: number[][] }[] }).layers[0]!.weights[0]![0],
        0,
      ),
    ).toBe(true);
  });

  it("The order of keys makes no difference, and numbers in names count as numbers", () => {
    const names = ["x_10", "x_2", "x_1"];
    const from = (order: string[]) => Object.fromEntries(order.map((name) => [name, `w_${name}`]));
    const read = (order: string[]) =>
      JSON.stringify(
        readDerivationRequest(
          JSON.stringify({ ...units, units: [{ ...units.units[0], from: from(order) }] }),
        ),
      );
    expect(read(names)).toBe(read([...names].reverse()));
    expect(read(names)).toContain('"x_1":"w_x_1","x_2":"w_x_2","x_10":"w_x_10"');
  });
});

describe("Pointers count from what was sent", () => {
  const thrown = () => {
    throw new Failure("wrong-shape", "The weights do not fit.", { pointer: "/layers/0/weights" });
  };

  it("A failure of the network's compiler points into the request", () => {
    expect(failureOf(() => inNetwork(thrown)).details.pointer).toBe("/network/layers/0/weights");
  });

  it("With a network alone it points into the network", () => {
    const failure = failureOf(() => inNetwork(thrown));
    expect(asSent(failure, { bare: true }).details.pointer).toBe("/layers/0/weights");
    expect(asSent(failure, { bare: false }).details.pointer).toBe("/network/layers/0/weights");
  });
});

describe("Reading takes linear time", () => {
  /** Far above the CPU time of a linear scan, far below that of a quadratic one. */
  const budgetMs = 3000;

  it.each([
    [
      "many wrong entries",
      JSON.stringify({ ...layers, layers: [{ weights: [Array.from({ length: 40_000 }, () => "x")] }] }),
    ],
    ["a long text of digits", JSON.stringify({ ...layers, l2: "1".repeat(200_000) })],
    [
      "many long keys",
      JSON.stringify(
        Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${"k".repeat(40)}${i}`, 0])),
      ),
    ],
    ["backslashes", `"${"\\\\".repeat(100_000)}"`],
    ["spaces", `${" ".repeat(260_000)}x`],
    ["a text without an end", `"${"a".repeat(260_000)}`],
  ])("%s", (_name, text) => {
    const start = process.cpuUsage();
    expect(failureOf(() => readDerivationRequest(text)).status).toBeLessThan(500);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(budgetMs);
  });
});
