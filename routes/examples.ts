// Examples: requests that can be posted as they are.
import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { examples, exampleText } from "../src/examples.ts";
import { resourceCaching } from "../src/http/headers.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { ExampleList } from "../src/request/answer.ts";
import { DerivationRequest } from "../src/request/schema.ts";

export function exampleRoutes(app: FastifyInstance): void {
  const list = examples.map((entry) => ({
    ...entry,
    href: `${app.settings.basePath}/v1/examples/${entry.name}`,
  }));

  app.get(
    "/v1/examples",
    {
      config: { kind: "resource" },
      schema: {
        operationId: "examples",
        summary: "The examples, in the order in which a course would meet them",
        tags: ["knowledge"],
        response: {
          200: { description: "The list.", content: { "application/json": { schema: ExampleList } } },
          ...problemResponses,
        },
      },
    },
    async (_request, reply) =>
      reply
        .header("cache-control", resourceCaching)
        .type("application/json")
        .send(JSON.stringify({ examples: list })),
  );

  app.get<{ Params: { name: string } }>(
    "/v1/examples/:name",
    {
      config: { kind: "resource" },
      schema: {
        operationId: "example",
        summary: "One example, ready to be posted to /v1/derivations",
        tags: ["knowledge"],
        params: Type.Object({ name: Type.String() }),
        response: {
          200: {
            description: "The request.",
            content: { "application/json": { schema: DerivationRequest } },
          },
          ...problemResponses,
        },
      },
    },
    async (request, reply) =>
      reply
        .header("cache-control", resourceCaching)
        .type("application/json")
        .send(exampleText(request.params.name)),
  );
}
