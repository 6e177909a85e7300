// Gradients: numbers only, for networks of any size.
import type { FastifyInstance } from "fastify";
import { abortOf, sendRepresentation } from "../src/http/exchange.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Gradients } from "../src/request/answer.ts";
import type { Reading } from "../src/request/read.ts";
import { GradientsBody, type GradientsRequest } from "../src/request/schema.ts";

export function gradientRoutes(app: FastifyInstance): void {
  app.post<{ Body: Reading<GradientsRequest> }>(
    "/v1/gradients",
    {
      config: { kind: "derivation" },
      bodyLimit: app.settings.allowances.gradientsBodyBytes,
      schema: {
        operationId: "gradients",
        summary: "The gradient of a network's loss, as numbers",
        tags: ["gradients"],
        body: GradientsBody,
        response: {
          200: { description: "The gradients.", content: { "application/json": { schema: Gradients } } },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      sendRepresentation(
        reply.header("cache-control", "no-store"),
        await app.answers.gradients(request.body, abortOf(reply)),
      ),
  );
}
