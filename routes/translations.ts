// Translations: a formula from one dialect to another.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Translation } from "../src/request/answer.ts";
import type { Reading } from "../src/request/read.ts";
import { TranslationRequest } from "../src/request/schema.ts";

export function translationRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<TranslationRequest> }>(
    "/v1/translations",
    {
      config: { kind: "derivation" },
      schema: {
        operationId: "translate",
        summary: "A formula from one notation to another",
        tags: ["translations"],
        body: TranslationRequest,
        response: {
          200: { description: "The formula.", content: { "application/json": { schema: Translation } } },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("cache-control", "no-store"),
        await app.answers.translation(request.body, abortOf(reply)),
      ),
  );
}
