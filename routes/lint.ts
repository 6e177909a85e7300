// Lint: a page of notes held against a network.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Lint } from "../src/request/answer.ts";
import type { Reading } from "../src/request/read.ts";
import { LintRequest } from "../src/request/schema.ts";

export function lintRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<LintRequest> }>(
    "/v1/lint",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "lint",
        summary: "Hold a page of lecture notes against a network, equality by equality",
        tags: ["grades"],
        body: LintRequest,
        response: {
          200: {
            description: "The report.",
            content: {
              "application/json": { schema: Lint },
              "text/plain": { schema: { type: "string" } },
              "application/sarif+json": { schema: { type: "object" } },
            },
          },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("cache-control", "no-store"),
        await app.answers.lint(request.body, abortOf(reply)),
      ),
  );
}
