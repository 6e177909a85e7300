// Requests that many tests start from, and the app that they are injected into.
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll } from "vitest";
import { buildApp } from "../../src/app.ts";
import { readSettings } from "../../src/settings.ts";

/** The smallest network of each kind that has numbers. */
export const layers = {
  kind: "layers",
  inputs: 1,
  layers: [{ type: "dense", units: 1, activation: "sigmoid", weights: [[0.6]], biases: [0.1] }],
  loss: "half-squared-error",
  samples: [{ inputs: [1], targets: [1] }],
};

export const units = {
  kind: "units",
  inputs: ["x"],
  units: [{ name: "h", activation: "tanh", from: { x: "w" }, bias: "b" }],
  outputs: ["h"],
  loss: "half-squared-error",
  parameters: { w: 0.5, b: 0.1 },
  samples: [{ inputs: { x: 1 }, targets: { h: 0 } }],
};

export const equations = {
  kind: "equations",
  equations: ["z = w*x", "L = z^2 / 2"],
  loss: "L",
  parameters: { w: 2 },
  constants: { x: 3 },
};

/** An app for all tests of a file, closed after them. */
export function useApp(environment: Record<string, string> = {}): {
  readonly app: () => FastifyInstance;
  readonly inject: (options: InjectOptions) => ReturnType<FastifyInstance["inject"]>;
} {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await buildApp({ settings: readSettings(environment) });
  });
  afterAll(() => app.close());
  return {
    app: () => app,
    inject: (options) => app.inject(options) as ReturnType<FastifyInstance["inject"]>,
  };
}

/** A POST of a JSON value, or of a text as it stands. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): InjectOptions {
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  return { method: "POST", url, payload, headers: { "content-type": "application/json", ...headers } };
}
