// The catalogue: the tables of the engine themselves, and the limits in force.
import type { FastifyInstance } from "fastify";
import { resourceCaching } from "../src/http/headers.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Catalogue } from "../src/request/answer.ts";

export function catalogueRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/catalogue",
    {
      config: { kind: "resource" },
      schema: {
        operationId: "catalogue",
        summary: "Activations, losses, layer types, notations, formats, misconceptions, rules and limits",
        tags: ["knowledge"],
        response: {
          200: { description: "The catalogue.", content: { "application/json": { schema: Catalogue } } },
          ...problemResponses,
        },
      },
    },
    async (_request, reply) =>
      reply
        .header("cache-control", resourceCaching)
        .type("application/json")
        .send(JSON.stringify(app.answers.catalogue())),
  );
}
