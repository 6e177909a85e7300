// The HTTP interface: formats, headers, caching, who may read what, and what is beside the routes.
import { describe, expect, it } from "vitest";
import { engine } from "../src/engine.ts";
import { examples, exampleText } from "../src/examples.ts";
import { isListed } from "../src/http/etag.ts";
import { KnownRoutes } from "../src/http/known-routes.ts";
import { limitNames, limits } from "../src/limits.ts";
import { permalinkCode } from "../src/request/permalink.ts";
import { readDerivationRequest } from "../src/request/read.ts";
import { equations, layers, post, units, useApp } from "./http/requests.ts";

const { inject } = useApp({ CORS_ORIGINS: "https://course.example" });
const derive = (body: unknown, accept?: string) =>
  inject(post("/v1/derivations", body, accept === undefined ? {} : { accept }));
const linkOf = (body: unknown) =>
  `/v1/derivations/${permalinkCode(readDerivationRequest(JSON.stringify(body)).request)}`;

describe("The format is the one that the Accept header prefers", () => {
  it.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["application/*", "application/json"],
    ["text/*", "text/html"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "text/html"],
    ["text/markdown;q=0.4, text/plain;q=0.5", "text/plain"],
    ["text/plain, text/markdown", "text/plain"],
    ["text/markdown;flavor=gfm", "text/markdown"],
    ["text/markdown;flavor=quarto;frontMatter=true", "text/markdown"],
    ["application/x-tex", "application/x-tex"],
    ["image/svg+xml", "image/svg+xml"],
    ["image/svg+xml;view=graph;values=true;theme=dark", "image/svg+xml"],
    ["application/json; charset=utf-8", "application/json"],
    ["application/signed-exchange;v=b3;q=0.9, text/html;q=0.7", "text/html"],
    ["text/html;q=0, */*;q=0.1", "application/json"],
    ['text/plain;title="a, b; c"', "text/plain"],
  ])("%s gives %s", async (accept, mediaType) => {
    const answer = await derive(equations, accept);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe(`${mediaType}; charset=utf-8`);
    expect(answer.headers.vary).toContain("Accept");
  });

  it.each(["application/msword", "image/gif", "*/*;q=0", "text/html;q=0"])(
    "%s is not acceptable",
    async (accept) => {
      expect((await derive(equations, accept)).statusCode).toBe(406);
    },
  );

  it("An unknown flavour is refused with the list", async () => {
    const answer = await derive(equations, "text/markdown;flavor=word");
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toBe(
      'Unknown value "word" at /render/flavor; the values there are "gfm", "hugo", "jekyll", "obsidian", "quarto", "mkdocs".',
    );
  });

  it("Parameters of the media type override the body", async () => {
    const body = { network: equations, render: { title: "In the body", fragment: false } };
    const page = await derive(body, "text/html");
    const fragment = await derive(body, 'text/html;fragment=true;title="In the header"');
    expect(page.payload).toMatch(/^<!doctype html>/i);
    expect(page.payload).toContain("In the body");
    expect(fragment.payload).not.toMatch(/<!doctype|<html/i);
    expect(fragment.payload).toContain("In the header");
  });

  it("So do parameters of a permalink's query", async () => {
    const answer = await inject({
      method: "GET",
      url: `${linkOf(equations)}.html?fragment=true&title=A%20%26%20B`,
    });
    expect(answer.payload).not.toMatch(/<!doctype|<html/i);
    expect(answer.payload).toContain("A &amp; B");
  });
});

describe("Each kind of description is derived", () => {
  it.each([layers, units, equations])("$kind", async (network) => {
    const answer = (await derive(network)).json();
    expect(answer.engine).toBe(engine);
    expect(answer.network.kind).toBe(network.kind);
    for (const gradient of answer.gradients) expect(gradient.check).toMatchObject({ status: "agrees" });
  });

  it.each(examples.map(({ name }) => name))("The example %s can be posted as it is served", async (name) => {
    const served = await inject({ method: "GET", url: `/v1/examples/${name}` });
    expect(served.payload).toBe(exampleText(name));
    expect((await derive(served.payload, "text/plain")).statusCode).toBe(200);
  });

  it("Gradients are numbers only, by id or as arrays", async () => {
    const byId = (await inject(post("/v1/gradients", layers))).json();
    const arrays = (await inject(post("/v1/gradients", { network: layers, shape: "arrays" }))).json();
    expect(Object.keys(byId.gradients)).toEqual(["W1[1,1]", "b1[1]"]);
    expect(arrays.gradients).toEqual({ W1: [[byId.gradients["W1[1,1]"]]], b1: [byId.gradients["b1[1]"]] });
  });
});

describe("Derivations may be shown on any page, and can run no script there", () => {
  it.each(["POST", "GET"])("%s", async (method) => {
    const answer =
      method === "POST"
        ? await derive(equations, "text/html")
        : await inject({ method: "GET", url: `${linkOf(equations)}.html` });
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self' data:; img-src data:; frame-ancestors *; sandbox",
    });
    expect(answer.headers).not.toHaveProperty("x-frame-options");
    expect(answer.payload).not.toMatch(/<script|javascript:|\son[a-z]+=/i);
  });

  it("A browser may ask before it posts JSON from another page", async () => {
    const answer = await inject({
      method: "OPTIONS",
      url: "/v1/derivations",
      headers: { origin: "https://other.example", "access-control-request-method": "POST" },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "Content-Type, Accept, If-None-Match",
      allow: "POST, OPTIONS",
    });
  });

  it("Its refusals can be read there too", async () => {
    expect((await derive({})).headers["access-control-allow-origin"]).toBe("*");
  });

  it("Operations are for the origins in the settings", async () => {
    const from = (origin: string) => inject({ method: "GET", url: "/healthz", headers: { origin } });
    expect((await from("https://course.example")).headers["access-control-allow-origin"]).toBe(
      "https://course.example",
    );
    expect((await from("https://other.example")).headers).not.toHaveProperty("access-control-allow-origin");
    expect((await from("https://other.example")).headers.vary).toContain("Origin");
  });
});

describe("A representation is named by its bytes", () => {
  it("The same link has the same tag, and another format another", async () => {
    const get = (extension: string) => inject({ method: "GET", url: `${linkOf(equations)}.${extension}` });
    const [first, again, other] = [await get("txt"), await get("txt"), await get("tex")];
    expect(first.headers.etag).toMatch(/^"[A-Za-z0-9_-]{22}"$/);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(other.headers.etag).not.toBe(first.headers.etag);
  });

  it.each(["/v1/catalogue", "/v1/examples/xor", "/openapi.json", `${linkOf(equations)}.md`])(
    "%s is not sent again to those who have it",
    async (url) => {
      const { etag, "cache-control": caching } = (await inject({ method: "GET", url })).headers;
      const again = await inject({ method: "GET", url, headers: { "if-none-match": `"x", W/${etag}` } });
      expect(again.statusCode).toBe(304);
      expect(again.payload).toBe("");
      expect(again.headers).toMatchObject({ etag, "cache-control": caching });
      expect(caching).not.toContain("immutable");
      expect((await inject({ method: "GET", url, headers: { "if-none-match": '"x"' } })).statusCode).toBe(
        200,
      );
    },
  );

  it("If-None-Match lists tags, weak ones too, or everything", () => {
    expect(isListed('"a"', '"b", W/"a"')).toBe(true);
    expect(isListed('"a"', "*")).toBe(true);
    expect(isListed('"a"', '"ab"')).toBe(false);
    expect(isListed('"a"', undefined)).toBe(false);
  });

  it("HEAD has the headers of GET and no body", async () => {
    const url = `${linkOf(equations)}.txt`;
    const [get, head] = [await inject({ method: "GET", url }), await inject({ method: "HEAD", url })];
    expect(head.payload).toBe("");
    expect(head.headers.etag).toBe(get.headers.etag);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  it.each([
    post("/v1/derivations", {}),
    { method: "GET" as const, url: "/nothing" },
    { method: "GET" as const, url: "/healthz" },
  ])("What is about this moment is not stored: $url", async (options) => {
    expect((await inject(options)).headers["cache-control"]).toBe("no-store");
  });
});

describe("Around the routes", () => {
  it("Health and readiness carry the engine's version", async () => {
    for (const url of ["/healthz", "/readyz"])
      expect((await inject({ method: "GET", url })).json()).toEqual({ status: "ok", engine });
  });

  it("The catalogue lists every limit in force", async () => {
    const { limits: rows } = (await inject({ method: "GET", url: "/v1/catalogue" })).json();
    expect(rows).toEqual(
      limitNames.map((name) => ({ name, allowed: limits[name].allowed, unit: limits[name].unit })),
    );
  });

  it("Another method hears which ones there are", async () => {
    const answer = await inject({ method: "DELETE", url: "/v1/derivations" });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("POST, OPTIONS");
  });

  it("A path is known only whole", () => {
    const known = new KnownRoutes();
    known.add({ url: "/a/:name", method: "GET", handler: () => {} });
    expect(known.at("/a/b")?.path).toBe("/a/:name");
    expect(known.at("/a/")).toBeUndefined();
    expect(known.at("/a/b/c")).toBeUndefined();
  });

  it("The page of documentation is complete, and has no script in it", async () => {
    const page = await inject({ method: "GET", url: "/docs" });
    expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
    expect(page.headers["x-frame-options"]).toBe("DENY");
    expect(page.payload).not.toMatch(/<script(?![^>]*src=)/);
    const parts = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
    expect(parts.length).toBeGreaterThan(4);
    for (const url of parts) expect((await inject({ method: "GET", url })).statusCode, url).toBe(200);
  });
});

describe("Under a base path", () => {
  const based = useApp({ BASE_PATH: "/grad" });

  it("Everything is below it, the documentation's parts too", async () => {
    const page = await based.inject({ method: "GET", url: "/grad/docs" });
    const parts = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
    for (const url of ["/grad/healthz", "/grad/v1/catalogue", "/grad/docs/json", ...parts])
      expect((await based.inject({ method: "GET", url })).statusCode, url).toBe(200);
    expect((await based.inject({ method: "GET", url: "/healthz" })).statusCode).toBe(404);
  });

  it("The interface description and the list of examples say so", async () => {
    expect((await based.inject({ method: "GET", url: "/grad/openapi.json" })).json().servers).toEqual([
      { url: "/grad" },
    ]);
    const list = (await based.inject({ method: "GET", url: "/grad/v1/examples" })).json().examples;
    expect(list[0].href).toBe("/grad/v1/examples/note-000");
  });
});

describe("A limit that the settings raise or lower", () => {
  const narrow = useApp({ LIMIT_UNITS: "1", LIMIT_BODY_BYTES: "1000", LIMIT_URL_CHARACTERS: "100" });

  it("Is the one that is enforced and listed", async () => {
    const wide = { ...layers, layers: [{ type: "dense", units: 2, activation: "tanh" }] };
    expect((await narrow.inject(post("/v1/derivations", wide))).json()).toMatchObject({
      limit: "units",
      allowed: 1,
      measured: 2,
    });
    expect((await narrow.inject(post("/v1/derivations", " ".repeat(1001)))).statusCode).toBe(413);
    expect((await narrow.inject({ method: "GET", url: `/${"x".repeat(100)}` })).statusCode).toBe(414);
    const { limits: rows } = (await narrow.inject({ method: "GET", url: "/v1/catalogue" })).json();
    expect(rows).toContainEqual({ name: "units", allowed: 1, unit: "units" });
  });
});
