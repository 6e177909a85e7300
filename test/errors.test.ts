// Every sentence that refuses a request before it is calculated, in full and once.
import { deflateSync } from "node:zlib";
import type { InjectOptions } from "fastify";
import { describe, expect, it } from "vitest";
import { layers, post, useApp } from "./http/requests.ts";

const { inject } = useApp();

interface Row {
  readonly sent: unknown;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
}

const dense = layers.layers[0];
const withLayer = (fields: object) => ({ network: { ...layers, layers: [{ ...dense, ...fields }] } });
const { activation: _, ...withoutActivation } = dense!;

const bodies: readonly Row[] = [
  {
    sent: "",
    status: 400,
    code: "not-json",
    detail: "The body is empty; a JSON object with a network is expected.",
  },
  {
    sent: '{"network": tru}',
    status: 400,
    code: "not-json",
    detail: 'The body is not JSON: at line 1, column 13 stands "t" where a value is expected.',
  },
  {
    sent: '{\n  "a": 1,\n}',
    status: 400,
    code: "not-json",
    detail: 'The body is not JSON: at line 3, column 1 stands "}" where a key is expected.',
  },
  {
    sent: '{"a" 1}',
    status: 400,
    code: "not-json",
    detail: 'The body is not JSON: at line 1, column 6 stands "1" where a colon is expected.',
  },
  {
    sent: '{"a": 1 "b": 2}',
    status: 400,
    code: "not-json",
    detail: 'The body is not JSON: at line 1, column 9 stands "\\"" where a comma or } is expected.',
  },
  {
    sent: "{} {}",
    status: 400,
    code: "not-json",
    detail: 'The body is not JSON: at line 1, column 4 stands "{" where the end is expected.',
  },
  {
    sent: '{"network": {"inputs": [1, 2',
    status: 400,
    code: "not-json",
    detail: "The body is not JSON: it ends too early, at character 28, before the closing ]}}.",
  },
  {
    sent: '{"a": "x\ny"}',
    status: 400,
    code: "not-json",
    detail:
      'The body is not JSON: at line 1, column 9 stands "\\n" where a character of the text (a line break is written \\n) is expected.',
  },
  {
    sent: '{"a": "\\x"}',
    status: 400,
    code: "not-json",
    detail:
      'The body is not JSON: at line 1, column 9 stands "x" where one of " \\ / b f n r t u0000, after a backslash, is expected.',
  },
  {
    sent: '{"a": "\\ud800"}',
    status: 400,
    code: "not-json",
    detail: "A text in /a names half a character (a lone surrogate); write the whole character.",
    pointer: "/a",
  },
  {
    sent: '{"network": {"kind": "layers", "l2": 1, "l2": 2}}',
    status: 400,
    code: "duplicate-key",
    detail: 'The key "l2" stands twice in /network; remove one of the two.',
    pointer: "/network/l2",
  },
  {
    sent: '{"network": {"__proto__": {}}}',
    status: 400,
    code: "invalid-request",
    detail: 'The key "__proto__" cannot be used; choose another name.',
    pointer: "/network/__proto__",
  },
  {
    sent: "[".repeat(65),
    status: 422,
    code: "limit-exceeded",
    detail: "The JSON is nested 65 levels deep, and 64 are read; no request needs more than ten.",
    pointer: "/0/0/0/0/0/0/0/0",
  },
  {
    sent: [],
    status: 400,
    code: "invalid-request",
    detail: "The request is a list; an object is expected there.",
    pointer: "",
  },
  {
    sent: {},
    status: 400,
    code: "invalid-request",
    detail: 'The field "network" is missing in the request; add it.',
    pointer: "",
  },
  {
    sent: { network: {} },
    status: 400,
    code: "invalid-request",
    detail: 'The field "kind" is missing in /network; the kinds are "layers", "units", "equations".',
    pointer: "/network",
  },
  {
    sent: { network: { kind: "layer" } },
    status: 400,
    code: "invalid-request",
    detail: 'Unknown network kind "layer" in /network; did you mean "layers"?',
    pointer: "/network/kind",
  },
  {
    sent: { kind: "layer" },
    status: 400,
    code: "invalid-request",
    detail: 'Unknown network kind "layer" in the request; did you mean "layers"?',
    pointer: "/kind",
  },
  {
    sent: { network: { ...layers, layers: [{ ...withoutActivation, activaton: "relu" }] } },
    status: 400,
    code: "invalid-request",
    detail: 'Unknown field "activaton" in /network/layers/0; did you mean "activation"?',
    pointer: "/network/layers/0/activaton",
  },
  {
    sent: { ...layers, layers: [{ ...withoutActivation, activaton: "relu" }] },
    status: 400,
    code: "invalid-request",
    detail: 'Unknown field "activaton" in /layers/0; did you mean "activation"?',
    pointer: "/layers/0/activaton",
  },
  {
    sent: withLayer({ activation: { name: "leaky-relu", alpa: 0.2 } }),
    status: 400,
    code: "invalid-request",
    detail: 'Unknown field "alpa" in /network/layers/0/activation; did you mean "alpha"?',
    pointer: "/network/layers/0/activation/alpa",
  },
  {
    sent: withLayer({ activation: { formulla: "x" } }),
    status: 400,
    code: "invalid-request",
    detail: 'Unknown field "formulla" in /network/layers/0/activation; did you mean "formula"?',
    pointer: "/network/layers/0/activation/formulla",
  },
  {
    sent: withLayer({ units: 1.5 }),
    status: 400,
    code: "invalid-request",
    detail: "/network/layers/0/units is 1.5; a whole number is expected there.",
    pointer: "/network/layers/0/units",
  },
  {
    sent: withLayer({ units: "0x10" }),
    status: 400,
    code: "invalid-request",
    detail: '/network/layers/0/units is the text "0x10"; a whole number is expected there.',
    pointer: "/network/layers/0/units",
  },
  {
    sent: withLayer({ weights: [["abc"]] }),
    status: 400,
    code: "invalid-request",
    detail:
      '/network/layers/0/weights/0/0 is the text "abc"; a JSON number, or a string with an exact value such as "1/3" or "0.1" is expected there.',
    pointer: "/network/layers/0/weights/0/0",
  },
  {
    sent: JSON.stringify(withLayer({ weights: [[7]] })).replace("[[7]]", "[[1e999]]"),
    status: 400,
    code: "invalid-request",
    detail:
      "The number at /network/layers/0/weights/0/0 is beyond 1.7976931348623157e308, the largest of double precision; write a smaller one.",
    pointer: "/network/layers/0/weights/0/0",
  },
  {
    sent: { network: layers, notation: "bishp" },
    status: 400,
    code: "invalid-request",
    detail:
      'Unknown value "bishp" at /notation; did you mean "bishop"? The values there are "bishop", "layered", "from-to", "scalar", "nielsen", "net-out".',
    pointer: "/notation",
  },
  {
    sent: { network: layers, detail: 3 },
    status: 400,
    code: "invalid-request",
    detail: '/detail is 3; one of "brief", "standard", "full" is expected there.',
    pointer: "/detail",
  },
  {
    sent: { network: layers, check: "yes" },
    status: 400,
    code: "invalid-request",
    detail: '/check is the text "yes"; true or false or an object is expected there.',
    pointer: "/check",
  },
  {
    sent: { network: layers, maxPaths: 501 },
    status: 400,
    code: "invalid-request",
    detail: "/maxPaths is 501; a number of at most 500 is expected there.",
    pointer: "/maxPaths",
  },
  {
    sent: { network: layers, update: { learningRate: 0 } },
    status: 400,
    code: "invalid-request",
    detail: "/update/learningRate is 0; a number greater than 0 is expected there.",
    pointer: "/update/learningRate",
  },
  {
    sent: { network: layers, parameters: [] },
    status: 400,
    code: "invalid-request",
    detail: "/parameters has 0 entries; at least 1 is expected there.",
    pointer: "/parameters",
  },
  {
    sent: { network: layers, parameters: ["x".repeat(65)] },
    status: 400,
    code: "invalid-request",
    detail: "/parameters/0 has 65 characters; at most 64 are allowed there.",
    pointer: "/parameters/0",
  },
  {
    sent: { network: layers, parameters: [""] },
    status: 400,
    code: "invalid-request",
    detail: "/parameters/0 is an empty text; write at least one character.",
    pointer: "/parameters/0",
  },
  {
    sent: { network: layers, detial: "full" },
    status: 400,
    code: "invalid-request",
    detail: 'Unknown field "detial" in the request; did you mean "detail"?',
    pointer: "/detial",
  },
  {
    sent: { network: layers, render: { zoom: 2 } },
    status: 400,
    code: "invalid-request",
    detail:
      'Unknown field "zoom" in /render; the fields there are "fragment", "flavor", "frontMatter", "pictures", "title", "author", "course", "date", "paper", "columns", "fontSize", "pdf", "view", "parameter", "frame", "general", "path", "values", "theme".',
    pointer: "/render/zoom",
  },
  {
    sent: {
      network: { ...layers, layers: [{ ...dense, units: 501, weights: undefined, biases: undefined }] },
    },
    status: 422,
    code: "limit-exceeded",
    detail: "The network has 501 units, and at most 500 are derived; POST /v1/gradients takes larger ones.",
    pointer: "/network",
  },
  {
    sent: {
      ...layers,
      layers: Array.from({ length: 51 }, () => ({ type: "dense", units: 1, activation: "tanh" })),
    },
    status: 422,
    code: "limit-exceeded",
    detail: "The network has 51 layers, and at most 50 are derived; POST /v1/gradients takes deeper ones.",
    pointer: "/layers",
  },
  {
    sent: { ...layers, layers: [{ type: "dense", units: 126, activation: "tanh" }] },
    status: 422,
    code: "limit-exceeded",
    detail:
      'The network has 252 parameters, and at most 250 are derived at once; name the ones you want under "parameters".',
    pointer: "",
  },
];

const zlib = (text: string | Buffer) => deflateSync(text).toString("base64url");
const link = (code: string): InjectOptions => ({ method: "GET", url: `/v1/derivations/${code}` });

const exchanges: readonly (Omit<Row, "sent"> & { readonly sent: InjectOptions })[] = [
  {
    sent: post("/v1/derivations", "{}", { "content-type": "text/plain" }),
    status: 415,
    code: "unsupported-media-type",
    detail: 'The Content-Type is "text/plain"; send the body as application/json.',
  },
  {
    sent: post("/v1/derivations", "{}", { "content-type": "application/json; charset=utf-7" }),
    status: 415,
    code: "unsupported-media-type",
    detail: 'The charset of the body is "utf-7"; send it as UTF-8.',
  },
  {
    sent: post("/v1/derivations", "{}", { "content-encoding": "gzip" }),
    status: 415,
    code: "unsupported-media-type",
    detail: 'The Content-Encoding is "gzip"; send the body as it is, without compression.',
  },
  {
    sent: { ...post("/v1/derivations", ""), payload: Buffer.from([0x22, 0xff, 0x22]) },
    status: 400,
    code: "not-json",
    detail: "The body is not UTF-8 text; save it as UTF-8 and send it again.",
  },
  {
    sent: post("/v1/derivations", `"${"x".repeat(262_143)}"`),
    status: 413,
    code: "body-too-large",
    detail:
      'The body has 262,145 bytes, and 262,144 are read here; let "initialise" fill the numbers of a large network.',
  },
  {
    sent: post("/v1/derivations", JSON.stringify({ network: layers }), { accept: "application/msword" }),
    status: 406,
    code: "not-acceptable",
    detail:
      'The Accept header asks for "application/msword"; the formats are application/json, text/html, text/markdown, application/x-tex, application/pdf, image/svg+xml, image/png, text/x-tikz, text/vnd.mermaid, text/vnd.graphviz, text/plain, application/x-ipynb+json, text/x-python, text/x-pytorch, text/javascript.',
  },
  {
    sent: post("/v1/derivations", { network: layers }, { accept: "text/html;fragmnt=true" }),
    status: 400,
    code: "invalid-request",
    detail: 'Unknown parameter "fragmnt" in the Accept header; did you mean "fragment"?',
  },
  {
    sent: post("/v1/derivations?title=x", { network: layers }),
    status: 400,
    code: "invalid-request",
    detail:
      "POST /v1/derivations takes no query parameters; take them out, or write them as fields of the body.",
  },
  {
    sent: { method: "GET", url: `/v1/derivations/${"x".repeat(8192)}` },
    status: 414,
    code: "url-too-long",
    detail: "The URL has 8,208 characters, and 8,192 are read; send the request with POST instead.",
  },
  {
    sent: { method: "GET", url: "/v1/%zz" },
    status: 400,
    code: "malformed-url",
    detail: "The URL has a percent sign that begins no valid escape; write %25 for a percent sign.",
  },
  {
    sent: link("a+b"),
    status: 400,
    code: "invalid-request",
    detail: 'The code in the URL has the character "+"; base64url has letters, digits, "-" and "_" only.',
  },
  {
    sent: link("abc"),
    status: 400,
    code: "invalid-request",
    detail:
      "The code in the URL is not a zlib stream in base64url; copy the whole link, or make one from the request.",
  },
  {
    sent: link(zlib(Buffer.alloc(65_537, " "))),
    status: 422,
    code: "limit-exceeded",
    detail:
      "The request in the URL inflates to more than 65,536 bytes; send it to POST /v1/derivations instead.",
  },
  {
    sent: link(zlib('{"v":2}')),
    status: 400,
    code: "invalid-request",
    detail:
      "The code in the URL is of version 2; this service reads version 1. Make a new link from the request.",
    pointer: "/v",
  },
  {
    sent: link(`${zlib('{"v":1}')}.htm`),
    status: 404,
    code: "not-found",
    detail:
      'There is no format ".htm"; the formats are .json, .html, .md, .tex, .pdf, .svg, .png, .tikz, .mmd, .dot, .txt, .ipynb, .py, .pytorch, .js. Did you mean "html"?',
  },
  {
    sent: { method: "GET", url: "/v1/examples/xr" },
    status: 404,
    code: "not-found",
    detail: 'There is no example "xr"; did you mean "xor"?',
  },
  {
    sent: { method: "GET", url: "/v1/gradient" },
    status: 404,
    code: "not-found",
    detail:
      'There is no "/v1/gradient". Did you mean "/v1/gradients"? The routes are /v1/derivations, /v1/derivations/{code}, /v1/gradients, /v1/translations, /v1/grades, /v1/hints, /v1/lint, /v1/worksheets, /v1/catalogue, /v1/examples, /v1/examples/{name}, /healthz, /readyz, /openapi.json.',
  },
  {
    sent: { method: "DELETE", url: "/v1/derivations" },
    status: 405,
    code: "method-not-allowed",
    detail: '"/v1/derivations" does not take DELETE; use POST.',
  },
];

describe("A request that is refused is told what was written, what was expected, and where", () => {
  const sent = [...bodies.map((row) => ({ ...row, sent: post("/v1/derivations", row.sent) })), ...exchanges];

  it.each(sent)("$status $code: $detail", async ({ sent: options, status, code, detail, pointer }) => {
    const answer = await inject(options);
    const problem = answer.json();
    expect(problem).toMatchObject({ status, code, detail, type: `urn:handgrad:problem:${code}` });
    expect(problem.pointer).toBe(pointer);
    expect(problem.errors).toBeUndefined();
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });
});

describe("Several mistakes are told together", () => {
  it("The first twenty are listed, and all are counted", async () => {
    const parameters = Array.from({ length: 30 }, () => "");
    const problem = (await inject(post("/v1/derivations", { network: layers, parameters }))).json();
    expect(problem.errors).toHaveLength(20);
    expect(problem.errorCount).toBe(30);
    expect(problem.detail).toBe(
      "The request has 30 mistakes. /parameters/0 is an empty text; write at least one character.",
    );
    expect(problem.errors[19]).toEqual({
      code: "invalid-request",
      detail: "/parameters/19 is an empty text; write at least one character.",
      pointer: "/parameters/19",
    });
  });

  it("Each mistake is told once, wherever it stands in a union", async () => {
    const network = {
      ...layers,
      reduction: "men",
      layers: [{ ...dense, type: "dens", bias: "share", activation: true, weights: [[null, true]] }],
    };
    const problem = (await inject(post("/v1/derivations", { network, detail: [] }))).json();
    expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      "/detail",
      "/network/layers/0/activation",
      "/network/layers/0/bias",
      "/network/layers/0/type",
      "/network/layers/0/weights/0/0",
      "/network/layers/0/weights/0/1",
      "/network/reduction",
    ]);
  });
});
