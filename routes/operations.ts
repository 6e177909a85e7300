// For those who run the service: is it alive, does it take work, and what does its interface look like.
import type { FastifyInstance } from "fastify";
import { engine } from "../src/engine.ts";
import { resourceCaching } from "../src/http/headers.ts";
import { problemResponses } from "../src/http/openapi.ts";
import { Health } from "../src/request/answer.ts";

const healthy = JSON.stringify({ status: "ok", engine });

export function operationRoutes(app: FastifyInstance): void {
  app.get(
    "/healthz",
    {
      config: { kind: "operation" },
      schema: {
        operationId: "health",
        summary: "Whether the process answers",
        tags: ["operations"],
        response: {
          200: { description: "It does.", content: { "application/json": { schema: Health } } },
          ...problemResponses,
        },
      },
    },
    async (_request, reply) => reply.type("application/json").send(healthy),
  );

  app.get(
    "/readyz",
    {
      config: { kind: "operation" },
      schema: {
        operationId: "readiness",
        summary: "Whether the process takes new requests",
        tags: ["operations"],
        response: {
          200: { description: "It does.", content: { "application/json": { schema: Health } } },
          ...problemResponses,
        },
      },
    },
    async (_request, reply) => {
      app.answers.work.pool.refuseWhenFull();
      return reply.type("application/json").send(healthy);
    },
  );

  app.get(
    "/openapi.json",
    {
      config: { kind: "resource" },
      schema: {
        operationId: "interface",
        summary: "This interface as OpenAPI 3.1",
        tags: ["operations"],
        response: {
          200: {
            description: "The description.",
            content: { "application/json": { schema: { type: "object" } } },
          },
          ...problemResponses,
        },
      },
    },
    async (_request, reply) =>
      reply
        .header("cache-control", resourceCaching)
        .type("application/json")
        .send(JSON.stringify(app.swagger())),
  );
}
