// The interface description says what the routes do: generated, linted, and every operation replayed.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { InjectOptions } from "fastify";
import { describe, expect, it } from "vitest";
import { useApp } from "./http/requests.ts";

const folder = new URL("../openapi/", import.meta.url);
const committed = readFileSync(new URL("openapi.json", folder), "utf8");
const description = JSON.parse(committed) as Description;

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}

interface Example {
  readonly operationId: string;
  readonly summary: string;
  readonly request: { method: "GET" | "POST"; url: string; headers?: Record<string, string>; body?: object };
  readonly response: { status: number; headers?: Record<string, string>; body: unknown };
}

const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
const examples = readdirSync(new URL("examples/", folder)).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(new URL(`examples/${file}`, folder), "utf8")) as Example),
}));

/** Doubles of different but right orders of summation differ by a few units in the sixteenth digit. */
const relativeTolerance = 1e-9;

/** Asserts that `actual` holds all of `expected`; a list that ends with "…" may go on. */
function expectHolds(actual: unknown, expected: unknown, at: string): void {
  if (typeof expected === "number") {
    expect(typeof actual, at).toBe("number");
    expect(Math.abs((actual as number) - expected), at).toBeLessThanOrEqual(
      relativeTolerance * Math.abs(expected),
    );
  } else if (Array.isArray(expected)) {
    const isOpen = expected.at(-1) === "…";
    const entries = isOpen ? expected.slice(0, -1) : expected;
    if (!isOpen) expect((actual as unknown[]).length, at).toBe(entries.length);
    for (const [index, entry] of entries.entries())
      expectHolds((actual as unknown[])[index], entry, `${at}/${index}`);
  } else if (typeof expected === "object" && expected !== null) {
    expect(typeof actual, at).toBe("object");
    for (const [key, value] of Object.entries(expected))
      expectHolds((actual as Record<string, unknown>)[key], value, `${at}/${key}`);
  } else expect(actual, at).toBe(expected);
}

/** A validator for a schema of the description. */
function validatorOf(schema: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: "description", components: description.components });
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"description#/components/');
  return ajv.compile(JSON.parse(text) as object);
}

describe("openapi.json", () => {
  const { app } = useApp();

  it("Is what the routes say", async () => {
    await app().ready();
    expect(committed).toBe(`${JSON.stringify(app().swagger(), null, 2)}\n`);
  });

  it("Is valid by the strict rules of the linter", () => {
    const linter = fileURLToPath(new URL("../node_modules/.bin/redocly", import.meta.url));
    const config = fileURLToPath(new URL("redocly.yaml", folder));
    execFileSync(linter, ["lint", "--config", config, fileURLToPath(new URL("openapi.json", folder))], {
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      stdio: "pipe",
    });
  });

  it("Gives every schema that routes share a name", () => {
    expect(Object.keys(description.components.schemas)).toEqual(
      expect.arrayContaining([
        "DerivationRequest",
        "NetworkDescription",
        "Derivation",
        "Gradients",
        "Problem",
      ]),
    );
    expect(committed).toContain('"layers": "#/components/schemas/LayersDescription"');
  });
});

describe("Every operation has an example that is replayed", () => {
  const { inject } = useApp();

  it("None is missing", () => {
    const replayed = new Set(examples.map(({ operationId }) => operationId));
    expect(operations.map(({ operationId }) => operationId).filter((id) => !replayed.has(id))).toEqual([]);
  });

  it.each(examples)("$file: $summary", async ({ operationId, request, response }) => {
    const { body, ...rest } = request;
    const answer = await inject({ ...rest, ...(body && { payload: body }) } as InjectOptions);
    expect(answer.statusCode, answer.payload.slice(0, 500)).toBe(response.status);
    expect(answer.headers).toMatchObject(response.headers ?? {});
    expectHolds(answer.json(), response.body, "");

    const operation = operations.find((each) => each.operationId === operationId)!;
    const { content } = operation.responses[response.status] ?? operation.responses["4XX"]!;
    const { schema } = content![String(answer.headers["content-type"]).split(";")[0]!]!;
    const validate = validatorOf(schema);
    expect(validate(answer.json()), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });
});
