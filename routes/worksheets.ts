// Worksheets: variants of a problem with their solutions and keys.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Worksheet } from "../src/request/answer.ts";
import type { Reading } from "../src/request/read.ts";
import { WorksheetRequest } from "../src/request/schema.ts";
import { sheetFormatNames, sheetFormats } from "../src/request/sheet-formats.ts";

const content = Object.fromEntries(
  sheetFormatNames.map((format) => [
    sheetFormats[format].mediaType,
    { schema: format === "json" ? Worksheet : { type: "string" } },
  ]),
);

export function worksheetRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<WorksheetRequest> }>(
    "/v1/worksheets",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "worksheet",
        summary: "Problem sheets with their solutions and keys, a different one for each seed",
        description:
          "JSON holds every variant with both sheets and its key, which is a body for `/v1/grades` but for the submission; `application/vnd.moodle+xml` and `application/vnd.prairielearn+zip` are the same as questions of course systems; `application/zip` is a class set with one folder each for problems, solutions and keys, and `index.csv`; with any other Accept header one sheet of one variant, as `sheet` says.",
        tags: ["worksheets"],
        body: WorksheetRequest,
        response: { 200: { description: "The worksheet.", content }, ...problemResponses },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("vary", "Accept").header("cache-control", "no-store"),
        await app.answers.worksheet(request.body, request.headers.accept, abortOf(reply)),
      ),
  );
}
