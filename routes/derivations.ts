// Derivations: from a body, or from a permalink that holds the whole request.
import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { permalinkCaching } from "../src/http/headers.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Derivation } from "../src/request/answer.ts";
import { formats } from "../src/request/formats.ts";
import type { Reading } from "../src/request/read.ts";
import { DerivationBody, type DerivationRequest, Render } from "../src/request/schema.ts";

const content = Object.fromEntries(
  Object.values(formats).map(({ mediaType }) => [
    mediaType,
    { schema: mediaType === formats.json.mediaType ? Derivation : { type: "string" } },
  ]),
);

export function derivationRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<DerivationRequest> }>(
    "/v1/derivations",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "derive",
        summary: "Derive a network's loss by its parameters",
        description:
          "Answers in the format of the Accept header. Its media-type parameters override the fields of `render`, as in `text/html;fragment=true`.",
        tags: ["derivations"],
        body: DerivationBody,
        response: { 200: { description: "The derivation.", content }, ...problemResponses },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("vary", "Accept").header("cache-control", "no-store"),
        await app.answers.derivation(request.body, request.headers.accept, abortOf(reply)),
      ),
  );

  app.get<{ Params: { code: string } }>(
    "/v1/derivations/:code",
    {
      config: { kind: "derivation", query: true },
      schema: {
        operationId: "derivationByLink",
        summary: "The same derivation, from its permalink",
        description:
          'The code is base64url without padding of the zlib stream of the request as canonical JSON (RFC 8785), with defaults left out and `"v": 1`. Any other spelling of a request is redirected to that one. An extension (`.json`, `.html`, `.md`, `.tex`, `.pdf`, `.svg`, `.png`, `.tikz`, `.mmd`, `.dot`, `.txt`, and for code with its check `.ipynb`, `.py`, `.pytorch`, `.js`) chooses the format; without one the Accept header does. Query parameters override the fields of `render`.',
        tags: ["derivations"],
        params: Type.Object({
          code: Type.String({ description: "The code, with or without an extension." }),
        }),
        querystring: Render,
        response: {
          200: { description: "The derivation.", content },
          304: { description: "It has not changed.", type: "null" },
          308: { description: "The canonical link of the same request.", type: "null" },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("vary", "Accept").header("cache-control", permalinkCaching),
        await app.answers.permalink(
          {
            name: request.params.code,
            query: request.url.split("?")[1] ?? "",
            accept: request.headers.accept,
          },
          abortOf(reply),
        ),
      ),
  );
}
