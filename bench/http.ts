// Goal: over HTTP a derivation costs at most twice what it costs to read the request and send as many bytes.
// Real sockets on loopback, client and service in one process: both sides of each ratio pay for the same client.
import { readFileSync } from "node:fs";
import { Agent, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { buildApp } from "../src/app.ts";
import { DerivationBody } from "../src/request/schema.ts";
import { backprop, netOf } from "./backprop.ts";
import { described } from "./evaluator.ts";
import { type Line, milliseconds, type Reading, ratio } from "./measure.ts";

/** Requests of one reading, one after the other. */
const inARow = 20;

export async function httpLines(): Promise<readonly Line[]> {
  const echo = { text: "" };
  const app = await buildApp();
  app.post("/echo", { schema: { body: DerivationBody } }, async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(echo.text),
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
  const ask = clientOf(app);
  try {
    const bodies = toyNetworks();
    const answer = await ask("POST", "/v1/derivations", bodies());
    echo.text = JSON.stringify("x".repeat(Buffer.byteLength(answer) - 2));
    const { permalink } = JSON.parse(answer) as { permalink: string };
    const echoing = inTurn(() => ask("POST", "/echo", bodies()));
    const derive = await ratio(
      echoing,
      inTurn(() => ask("POST", "/v1/derivations", bodies())),
      25,
    );
    const again = await ratio(
      echoing,
      inTurn(() => ask("GET", permalink)),
      25,
    );
    return [
      {
        name: "rate of deriving 2-2-1 to JSON against a validated echo",
        figure: derive,
        goal: { atLeast: 0.5 },
      },
      {
        name: "rate of the same permalink again against a validated echo",
        figure: again,
        goal: { atLeast: 0.9 },
      },
      ...(await gradientLines(ask)),
    ];
  } finally {
    await app.close();
  }
}

/** Requests of which no two are equal, so that no answer can have been kept. */
function toyNetworks(): () => string {
  const text = readFileSync(new URL("../examples/note-001.json", import.meta.url), "utf8");
  const { network } = JSON.parse(text) as { network: { layers: { weights: number[][] }[] } };
  let count = 0;
  return () => {
    count += 1;
    network.layers[0]!.weights[0]![0] = 0.1 + count / 1e6;
    return JSON.stringify({ network });
  };
}

/** Dense 784-128-10 with numbers drawn from a seed: milliseconds, and against the same numbers by hand as JSON. */
async function gradientLines(ask: Ask): Promise<readonly Line[]> {
  const sizes = [784, 128, 10] as const;
  const head = "softmax-cross-entropy";
  const body = JSON.stringify({ network: described({ sizes, head, samples: 1 }), shape: "arrays" });
  const post: Reading = async () => {
    const start = performance.now();
    await ask("POST", "/v1/gradients", body);
    return performance.now() - start;
  };
  const answer = JSON.parse(await ask("POST", "/v1/gradients", body)) as object;
  const step = backprop(netOf(sizes), netOf(sizes), head);
  const sample = { inputs: new Float64Array(784).fill(0.5), targets: new Float64Array(10).fill(0.1) };
  const hand: Reading = () => {
    const start = performance.now();
    step(sample);
    JSON.stringify(answer);
    return performance.now() - start;
  };
  return [
    {
      name: "POST /v1/gradients, 784-128-10 initialised, warm",
      figure: await milliseconds(post, 10),
      unit: "ms",
    },
    {
      name: "the same against backpropagation by hand and JSON.stringify",
      figure: await ratio(post, hand, 10),
    },
  ];
}

type Ask = (method: string, path: string, body?: string) => Promise<string>;

/** A client on one connection that is kept alive. */
function clientOf(app: FastifyInstance): Ask {
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const sent = send({ agent, port, host: "127.0.0.1", method, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(text);
          else
            reject(
              new Error(
                `${method} ${path.slice(0, 60)} answered ${response.statusCode}: ${text.slice(0, 300)}`,
              ),
            );
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
}

/** Milliseconds of one of several requests in a row. */
function inTurn(ask: () => Promise<unknown>): Reading {
  return async () => {
    const start = performance.now();
    for (let count = 0; count < inARow; count += 1) await ask();
    return (performance.now() - start) / inARow;
  };
}
