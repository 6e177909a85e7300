// Permalinks: one request, one code; every other spelling leads there.
import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, exampleText } from "../src/examples.ts";
import { canonicalJson } from "../src/request/canonical.ts";
import { permalink, permalinkCode, readPermalink } from "../src/request/permalink.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { equations, layers, post, units, useApp } from "./http/requests.ts";

const read = (body: unknown): DerivationRequest => readDerivationRequest(JSON.stringify(body)).request;
const contentOf = (code: string) => inflateSync(Buffer.from(code, "base64url")).toString();
const codeOf = (value: unknown) => deflateSync(JSON.stringify(value)).toString("base64url");

describe("JSON has one canonical form", () => {
  it("The example of RFC 8785, section 3.2.2", () => {
    const value = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("Keys are sorted by UTF-16 code units (RFC 8785, section 3.2.3)", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))));
    expect(sorted).toEqual(["1", "\r", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
  });

  it("Any value survives, and its canonical form is its own canonical form", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe("A code holds the request in its shortest spelling", () => {
  it("Content, compression and alphabet are the documented ones", () => {
    const code = permalinkCode(read({ network: equations, detail: "full" }));
    expect(contentOf(code)).toBe(
      '{"detail":"full","network":{"constants":{"x":3},"equations":["z = w*x","L = z^2 / 2"],"kind":"equations","loss":"L","parameters":{"w":2}},"v":1}',
    );
    expect(code).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(code, "base64url").subarray(0, 2).toString("hex")).toBe("78da"); // zlib, level 9
  });

  it.each([
    { network: layers, notation: "layered" },
    { network: units, notation: "net-out" },
    { network: equations, notation: "scalar" },
    { network: layers, notation: { base: "layered" } },
    { network: units, notation: { base: "net-out", letters: {}, symbols: {} } },
    {
      network: layers,
      forms: ["chain", "delta"],
      detail: "standard",
      check: true,
      maxPaths: 50,
      language: "en",
    },
    { network: layers, render: { fragment: false, flavor: "gfm" } },
    { network: { ...layers, reduction: "mean" } },
    { network: { ...layers, layers: [{ ...layers.layers[0], bias: "per-unit" }] } },
    { network: layers, update: { learningRate: 1, steps: 1 } },
  ])("What holds anyway is left out: %j", (body) => {
    const { network, ...rest } = JSON.parse(contentOf(permalinkCode(read(body))));
    const { update } = rest;
    expect(rest).toEqual({ v: 1, ...(update && { update: { learningRate: 1 } }) });
    expect(network).not.toHaveProperty("reduction");
  });

  it("A base alone says what its key says; a base with a difference stays", () => {
    const notationOf = (notation: DerivationRequest["notation"]) =>
      JSON.parse(contentOf(permalinkCode(read({ network: layers, notation })))).notation;
    expect(notationOf({ base: "bishop" })).toBe("bishop");
    expect(notationOf({ base: "bishop", firstLayer: 0 })).toEqual({ base: "bishop", firstLayer: 0 });
  });

  it.each(examples.map(({ name }) => name))("The example %s is read back from its code", (name) => {
    const { request } = readDerivationRequest(exampleText(name));
    const again = readPermalink(permalinkCode(request));
    expect(again.canonical).toBe(permalinkCode(request));
    expect(permalinkCode(again.request)).toBe(permalinkCode(request));
  });

  it("A request that is too long for a URL has no permalink, and the reason is given", () => {
    const noise = Array.from({ length: 60 }, (_, row) =>
      Array.from({ length: 20 }, (_, column) => Math.sin(row * 37 + column)),
    );
    const large = read({
      ...layers,
      inputs: 20,
      layers: [{ ...layers.layers[0], units: 60, weights: noise, biases: undefined }],
      samples: 1,
    });
    const omitted = permalink(large) as { permalinkOmitted: string };
    expect(omitted.permalinkOmitted).toMatch(
      /^There is no permalink: it would have \d+ characters, and URLs are read up to 8192\. Send the request with POST again\.$/,
    );
  });

  it("What inflates to more than is read has no permalink either", () => {
    const repeated = read({
      ...layers,
      inputs: 200,
      layers: [
        {
          ...layers.layers[0],
          units: 200,
          weights: Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 1)),
          biases: undefined,
        },
      ],
      samples: 1,
    });
    expect(permalink(repeated)).toHaveProperty("permalinkOmitted");
  });
});

describe("Other spellings lead to the canonical one", () => {
  const { inject } = useApp({ BASE_PATH: "/grad" });
  const canonical = permalinkCode(read({ network: layers }));

  it.each([
    [
      "another order of keys",
      codeOf({ v: 1, network: Object.fromEntries(Object.entries(layers).reverse()) }),
    ],
    ["no version mark", codeOf({ network: layers })],
    ["a network alone", codeOf(layers)],
    ["defaults written out", codeOf({ network: layers, detail: "standard" })],
    ["weaker compression", deflateSync(contentOf(canonical), { level: 1 }).toString("base64url")],
    ["padding", `${canonical}=`],
    [
      "bytes after the stream",
      Buffer.concat([Buffer.from(canonical, "base64url"), Buffer.from("x")]).toString("base64url"),
    ],
  ])("%s", async (_name, code) => {
    const answer = await inject({ method: "GET", url: `/grad/v1/derivations/${code}.html?title=A%20b` });
    expect(answer.statusCode).toBe(308);
    expect(answer.headers.location).toBe(`/grad/v1/derivations/${canonical}.html?title=A%20b`);
  });

  it("Another compressor's stream of the canonical content is canonical too", () => {
    const code = deflateSync(contentOf(canonical), { level: 9, memLevel: 1 }).toString("base64url");
    expect(code).not.toBe(canonical);
    expect(readPermalink(`${code}.html`).canonical).toBe(`${code}.html`);
  });

  it("A parameter of the query is checked like a field of the body", async () => {
    const answer = await inject({ method: "GET", url: `/grad/v1/derivations/${canonical}?fragment=yes` });
    expect(answer.json()).toMatchObject({ status: 400, pointer: "/render/fragment" });
    const twice = await inject({ method: "GET", url: `/grad/v1/derivations/${canonical}?title=a&title=b` });
    expect(twice.json()).toMatchObject({ status: 400 });
  });
});

describe("A permalink answers as the POST does", () => {
  const { inject } = useApp();

  it.each(["classic-2-2-2", "two-paths", "skip-shared"])("%s, in every format", async (name) => {
    const request = exampleText(name);
    const { permalink: path } = (await inject(post("/v1/derivations", request))).json();
    const formats = {
      json: "application/json",
      html: "text/html",
      md: "text/markdown",
      tex: "application/x-tex",
      svg: "image/svg+xml",
      txt: "text/plain",
    };
    for (const [extension, accept] of Object.entries(formats)) {
      const posted = await inject(post("/v1/derivations", request, { accept }));
      const linked = await inject({ method: "GET", url: `${path}.${extension}` });
      const negotiated = await inject({ method: "GET", url: path, headers: { accept } });
      expect(posted.statusCode).toBe(200);
      expect(linked.payload).toBe(posted.payload);
      expect(negotiated.payload).toBe(posted.payload);
      expect(linked.headers.etag).toBe(posted.headers.etag);
      expect(linked.headers["cache-control"]).toBe("public, max-age=3600, stale-while-revalidate=604800");
    }
  });
});
