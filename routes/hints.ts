// Hints: the next step of a derivation that is not finished.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Hint } from "../src/request/answer.ts";
import type { Reading } from "../src/request/read.ts";
import { HintRequest } from "../src/request/schema.ts";

export function hintRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<HintRequest> }>(
    "/v1/hints",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "hint",
        summary: "The next step of an unfinished derivation: a question, the rule, the formula",
        tags: ["grades"],
        body: HintRequest,
        response: {
          200: { description: "The hint.", content: { "application/json": { schema: Hint } } },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("cache-control", "no-store"),
        await app.answers.hint(request.body, abortOf(reply)),
      ),
  );
}
