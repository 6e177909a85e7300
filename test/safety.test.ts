// Whatever is sent, the answer is a document or a refusal: never an internal error, never a number that is none.
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApp } from "../src/app.ts";
import { examples, exampleText } from "../src/examples.ts";
import { equations, layers, post, useApp } from "./http/requests.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Asserts that nothing in a JSON value is null; `at` says where. */
function expectNoNull(value: unknown, at: string): void {
  expect(value, at).not.toBeNull();
  if (typeof value !== "object") return;
  for (const [key, entry] of Object.entries(value as object)) expectNoNull(entry, `${at}/${key}`);
}

/** Every place of a value, as the keys that lead there. */
function places(value: Json): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [
    [],
    ...keys.flatMap((key) => places((value as Record<string, Json>)[key]!).map((rest) => [key, ...rest])),
  ];
}

/** The value with the entry at `place` changed by `change`; undefined takes it out. */
function changedAt(
  value: Json,
  [key, ...rest]: (string | number)[],
  change: (old: Json) => Json | undefined,
): Json | undefined {
  if (key === undefined) return change(value);
  const copy = structuredClone(value) as Record<string, Json>;
  const entry = changedAt(copy[key]!, rest, change);
  if (entry === undefined) delete copy[key];
  else copy[key] = entry;
  return copy;
}

/** Values that break assumptions: kinks, overflows, wrong types, names with a meaning elsewhere. */
const hostile: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -1e308,
  1e-320,
  0.5,
  3,
  7,
  "",
  "0",
  "1/0",
  "1/3",
  "1e999",
  "NaN",
  "x",
  "w_1",
  "E",
  "L",
  "constructor",
  "relu",
  "softmax",
  "exp",
  "log-softmax",
  "sum",
  "hinge",
  "binary-cross-entropy",
  "x^x",
  "log(x)",
  "1/x",
  "z = z",
  "\\frac{1}{0}",
  "<script>",
  "{{< x >}}",
  "ŷ",
  "\u202e",
  [],
  {},
  [[]],
  { name: "huber", delta: 0 },
  { formula: "log(x - 5)" },
  { abstract: "f" },
];

const wholes = examples.map(({ name }) => JSON.parse(exampleText(name)) as Json);

const mutation = fc
  .record({
    request: fc.constantFrom(...wholes),
    steps: fc.array(
      fc.record({ at: fc.nat(), with: fc.option(fc.constantFrom(...hostile), { nil: undefined }) }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ request, steps }) =>
    steps.reduce<Json>((value, step) => {
      const all = places(value);
      return changedAt(value, all[step.at % all.length]!, () => step.with) ?? {};
    }, request),
  );

/** Enough to reach every example and most of their fields; each run is a whole derivation. */
const runs = 150;

describe("Whatever is posted", () => {
  const { inject } = useApp();

  const expectSound = async (url: string, body: unknown, accept: string) => {
    const sent = JSON.stringify(body) ?? "";
    const answer = await inject(post(url, sent, { accept }));
    expect(answer.statusCode, `${answer.payload.slice(0, 300)}\n${JSON.stringify(body)}`).toBeLessThan(500);
    if (String(answer.headers["content-type"]).includes("json")) expectNoNull(answer.json(), "");
    if (answer.statusCode < 400) {
      // A title of the sender's may be such a word.
      const lost = ["NaN", "Infinity", "undefined"].filter((word) => !sent.includes(word));
      for (const word of lost) expect(answer.payload).not.toMatch(new RegExp(`\\b${word}\\b`));
    } else {
      expect(answer.json().detail).toMatch(/^\S.*[.?]$/s);
      expect(answer.json().detail).not.toMatch(/\bundefined\b/);
    }
  };

  it("Counts beyond all whole numbers are refused with a number that JSON holds", async () => {
    const network = { ...layers, layers: [{ type: "dense", units: 1e308, activation: "sigmoid" }] };
    const answer = (await inject(post("/v1/derivations", { network }))).json();
    expect(answer.detail).toMatch(
      /has more than 9,007,199,254,740,991 (units|edges|parameters), and at most/,
    );
    expect(answer.measured).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("A number that is none is told what is expected, where lists are allowed, too", async () => {
    const network = { ...equations, parameters: { w: "x" } };
    const { detail } = (await inject(post("/v1/gradients", { network }))).json();
    expect(detail).toBe(
      '/network/parameters/w is the text "x"; a JSON number, or a string with an exact value such as "1/3" or "0.1" or a list is expected there.',
    );
  });

  it("Random JSON is refused with a sentence", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom("/v1/derivations", "/v1/gradients"), (value, url) =>
        expectSound(url, value, "*/*"),
      ),
      { numRuns: runs },
    );
  });

  it("Changed examples are derived or refused, never half of each", { timeout: 300_000 }, async () => {
    const accepts = fc.constantFrom("application/json", "application/json", "text/plain");
    await fc.assert(
      fc.asyncProperty(mutation, accepts, (body, accept) => expectSound("/v1/derivations", body, accept)),
      { numRuns: runs },
    );
  });

  it("So are their gradients", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutation, (body) => {
        const { network } = body as { network?: Json };
        return expectSound("/v1/gradients", { network }, "*/*");
      }),
      { numRuns: runs },
    );
  });

  it("Any path and any code in it is refused with a sentence", async () => {
    const code = fc.string({ unit: fc.constantFrom(..."eNoABCxyz-_=.%/?#"), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(code, async (text) => {
        const answer = await inject({ method: "GET", url: `/v1/derivations/${text}` });
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: runs },
    );
  });
});

describe("A name that every JavaScript object inherits is a name like any other", () => {
  const { inject } = useApp();
  const inherited = Object.getOwnPropertyNames(Object.prototype).filter((name) => /^[a-z]/i.test(name));

  const send = async (url: string, body: object) => (await inject(post(url, body))).json();
  const square = (name: string) => ({
    kind: "equations",
    equations: [`L = (${name}*x - y)^2`],
    loss: "L",
    parameters: { [name]: 3 },
    constants: { x: 2, y: 1 },
  });

  it.each(inherited)("%s as a parameter", async (name) => {
    const network = square(name);
    const text = `\\frac{\\partial L}{\\partial ${name}} = 2 (${name} x - y) x`;
    expect((await send("/v1/gradients", { network })).gradients).toEqual({ [name]: 20 }); // 2 (3·2 − 1) 2
    expect((await send("/v1/derivations", { network, language: "de" })).gradients[0]).toMatchObject({
      value: 20,
    });
    expect((await send("/v1/lint", { network, page: `$${text}$` })).title).toBeUndefined();
  });

  it.each(inherited)("%s as a function, an activation, a vector and a shape", async (name) => {
    const given = { loss: "L", parameters: { p: 1, q: 2 } };
    const networks = [
      { ...given, kind: "equations", equations: [`u = ${name}(p*q)`, "L = u^2"], functions: [name] },
      { ...given, kind: "equations", equations: ["a = p*q", "L = a^2"], vectors: { [name]: ["p", "q"] } },
      { ...given, kind: "equations", equations: [`L = ${name}*p`], shapes: { [name]: ["m"] } },
      { kind: "layers", inputs: 1, layers: [{ units: 1, activation: name }], loss: "squared-error" },
      { kind: "layers", inputs: 1, layers: [{ units: 1, activation: "tanh" }], loss: name },
    ];
    for (const network of networks) {
      for (const url of ["/v1/gradients", "/v1/derivations"]) {
        const answer = await inject(post(url, { network, ...(url.includes("deriv") && { language: "de" }) }));
        expect(answer.statusCode, answer.payload.slice(0, 300)).toBeLessThan(500);
        expect(answer.payload).not.toContain("[native code]");
      }
    }
  });
});

describe("On the wire", () => {
  let port: number;
  const app = buildApp();
  beforeAll(async () => {
    await (await app).listen({ host: "127.0.0.1", port: 0 });
    port = ((await app).server.address() as { port: number }).port;
  });
  afterAll(async () => (await app).close());

  /** What the service answers to these bytes. */
  const exchange = (...parts: (string | Buffer)[]): Promise<string> =>
    new Promise((resolve) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1", () => {
        for (const part of parts) socket.write(part);
      });
      socket.on("data", (chunk) => (answer = `${answer}${chunk}`));
      socket.on("error", () => resolve(answer));
      socket.on("close", () => resolve(answer));
    });

  const json = "Host: x\r\nConnection: close\r\nContent-Type: application/json\r\n";

  it.each([
    [
      "two lengths",
      `POST /v1/derivations HTTP/1.1\r\n${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      400,
    ],
    [
      "a length and chunks",
      `POST /v1/derivations HTTP/1.1\r\n${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ["bare line feeds", "GET /healthz HTTP/1.1\nHost: x\nX: y\n\n", 400],
    ["no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["an unknown method", "FROB / HTTP/1.1\r\nHost: x\r\n\r\n", 400],
    ["headers of 20 kB", `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    [
      "a promised body that is too large",
      `POST /v1/derivations HTTP/1.1\r\n${json}Content-Length: 2000000\r\n\r\n`,
      413,
    ],
    [
      "a body of another form",
      `POST /v1/derivations HTTP/1.1\r\n${json}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`,
      415,
    ],
  ])("%s", async (_name, message, status) => {
    expect(await exchange(message)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it("Headers that never end are cut off with 408", { timeout: 15_000 }, async () => {
    expect(await exchange("GET /healthz HTTP/1.1\r\nHost: x\r\n")).toMatch(
      /^HTTP\/1\.1 408 [\s\S]*request-timeout/,
    );
  });

  it("A body that never ends is cut off with 408", { timeout: 25_000 }, async () => {
    const started = `POST /v1/derivations HTTP/1.1\r\n${json}Content-Length: 100\r\n\r\n{`;
    expect(await exchange(started)).toMatch(/^HTTP\/1\.1 408 [\s\S]*request-timeout/);
  });

  it("After many who hang up, the next one is answered", async () => {
    const body = JSON.stringify({ network: layers });
    await Promise.all(
      Array.from(
        { length: 50 },
        () =>
          new Promise<void>((resolve) => {
            const sent = httpRequest({
              port,
              method: "POST",
              path: "/v1/derivations",
              headers: { "content-type": "application/json" },
            });
            sent.on("error", () => resolve());
            sent.end(body, () => sent.destroy(new Error("hung up")));
          }),
      ),
    );
    const answer = await exchange(`GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});
