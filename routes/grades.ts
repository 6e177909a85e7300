// Grades: a derivation judged relation by relation, and marked.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Grades } from "../src/request/answer.ts";
import { documentFormats, formats } from "../src/request/formats.ts";
import type { Reading } from "../src/request/read.ts";
import { GradeRequest } from "../src/request/schema.ts";

const content = Object.fromEntries(
  documentFormats.map((format) => [
    formats[format].mediaType,
    { schema: format === "json" ? Grades : { type: "string" } },
  ]),
);

export function gradeRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<GradeRequest> }>(
    "/v1/grades",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "grade",
        summary: "Grade a derivation line by line, in the student's own notation",
        description:
          "JSON in the `format` of the request; with any other Accept header the feedback on the one `submission` as a document.",
        tags: ["grades"],
        body: GradeRequest,
        response: { 200: { description: "The grade, or the list of grades.", content }, ...problemResponses },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("vary", "Accept").header("cache-control", "no-store"),
        await app.answers.grade(request.body, request.headers.accept, abortOf(reply)),
      ),
  );
}
