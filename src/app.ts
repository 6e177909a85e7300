// Builds the HTTP interface in memory: no socket, no signal, no environment. Tests inject into it.
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import { catalogueRoutes } from "../routes/catalogue.ts";
import { derivationRoutes } from "../routes/derivations.ts";
import { exampleRoutes } from "../routes/examples.ts";
import { gradeRoutes } from "../routes/grades.ts";
import { gradientRoutes } from "../routes/gradients.ts";
import { hintRoutes } from "../routes/hints.ts";
import { lintRoutes } from "../routes/lint.ts";
import { operationRoutes } from "../routes/operations.ts";
import { translationRoutes } from "../routes/translations.ts";
import { worksheetRoutes } from "../routes/worksheets.ts";
import { Failure } from "./failure.ts";
import { type Answers, createAnswers } from "./http/answers.ts";
import { prepareDrain } from "./http/drain.ts";
import { entityTag, isListed } from "./http/etag.ts";
import { type AnswerKind, allowOrigin, openKinds, securityHeaders } from "./http/headers.ts";
import { allowed, KnownRoutes } from "./http/known-routes.ts";
import { openApiDocument, withComponents } from "./http/openapi.ts";
import {
  type Problem,
  problemOf,
  refuseOtherEncodings,
  retryAfterSeconds,
  type WireFault,
  wireProblem,
} from "./http/problem.ts";
import { within } from "./limits.ts";
import {
  type Reader,
  readDerivationRequest,
  readGradeRequest,
  readGradientsRequest,
  readHintRequest,
  readLintRequest,
  readTranslationRequest,
  readWorksheetRequest,
} from "./request/read.ts";
import { readSettings, type Settings } from "./settings.ts";

declare module "fastify" {
  interface FastifyInstance {
    answers: Answers;
    settings: Settings;
    /** Closes each connection after its answer from now on, and cuts those that are idle. */
    beginDrain: () => void;
  }
  interface FastifyContextConfig {
    kind?: AnswerKind;
    /** Whether the URL may have a query. */
    query?: boolean;
  }
}

export interface AppOptions {
  readonly settings?: Settings;
  readonly logger?: FastifyServerOptions["logger"];
}

/** The reader of a body, by the title of its schema. */
const readers: Readonly<Record<string, Reader<unknown>>> = {
  DerivationBody: readDerivationRequest,
  GradeRequest: readGradeRequest,
  GradientsBody: readGradientsRequest,
  HintRequest: readHintRequest,
  LintRequest: readLintRequest,
  TranslationRequest: readTranslationRequest,
  WorksheetRequest: readWorksheetRequest,
};

/** The service, ready to be injected into or to listen; `close` ends its child processes. */
export async function buildApp(options: AppOptions = {}): Promise<FastifyInstance> {
  const settings = options.settings ?? readSettings({});
  const { allowances } = settings;
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: allowances.bodyBytes,
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    keepAliveTimeout: 10_000,
    maxRequestsPerSocket: 1000,
    forceCloseConnections: "idle",
    return503OnClosing: false, // what arrives on an open connection is answered, with Connection: close
    http: { headersTimeout: 5000, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 16_384 }, // beyond any URL that arrives: the limit below has its own sentence
    genReqId: () => randomUUID(),
    clientErrorHandler: answerBrokenMessage,
    frameworkErrors: (error, request, reply) => sendProblem(reply, problemOf(error, request, allowances)),
  });
  const known = new KnownRoutes();
  app.decorate("settings", settings);
  app.decorate("answers", createAnswers(settings));
  app.decorate("beginDrain", prepareDrain(app));
  app.addHook("onRoute", (route) => known.add(route));
  app.addHook("onClose", async () => {
    // Fastify runs this before it waits for the requests in flight, and these may still need a child.
    if (app.server.listening) app.server.once("close", () => app.answers.work.pool.close());
    else app.answers.work.pool.close();
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (_request: FastifyRequest, body: Buffer) => body,
  );
  app.setValidatorCompiler<{ readonly title?: string }>(({ schema, httpPart }) => {
    const read = httpPart === "body" ? readers[schema.title ?? ""] : undefined;
    return (value: Buffer | null) => (read ? { value: read(value ?? "", allowances) } : { value });
  });
  app.setSerializerCompiler(() => JSON.stringify);

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders[request.routeOptions.config.kind ?? "page"]);
    allowOrigin(request, reply, settings.corsOrigins);
    within("urlCharacters", allowances, request.url.length);
    refuseOtherEncodings(request);
    refuseQuery(request.url, request.routeOptions);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || reply.statusCode !== 200 || (typeof payload !== "string" && !Buffer.isBuffer(payload)))
      return payload;
    if (!reply.hasHeader("etag")) reply.header("etag", entityTag(payload));
    if (!isListed(String(reply.getHeader("etag")), request.headers["if-none-match"])) return payload;
    reply.code(304).removeHeader("content-length");
    return null;
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request, allowances);
    if (problem.status === 500) request.log.error({ err: error }, "internal error");
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0]!;
    const route = known.at(path);
    if (route !== undefined) reply.header("allow", [...allowed(route), "OPTIONS"].join(", "));
    if (route === undefined || request.method !== "OPTIONS") throw known.failure(request.method, path);
    if (openKinds.has(route.kind)) reply.header("access-control-allow-origin", "*");
    return reply
      .code(204)
      .header("access-control-allow-methods", allowed(route).join(", "))
      .header("access-control-allow-headers", "Content-Type, Accept, If-None-Match")
      .header("access-control-max-age", "86400")
      .send();
  });

  await app.register(swagger, {
    openapi: openApiDocument(settings.basePath),
    transformObject: (document) => withComponents("openapiObject" in document ? document.openapiObject : {}),
  });
  await app.register(
    async (scope) => {
      await scope.register(swaggerUi, { routePrefix: "/docs", indexPrefix: settings.basePath });
      for (const routes of [
        derivationRoutes,
        gradientRoutes,
        translationRoutes,
        gradeRoutes,
        hintRoutes,
        lintRoutes,
        worksheetRoutes,
        catalogueRoutes,
        exampleRoutes,
        operationRoutes,
      ])
        routes(scope);
    },
    { prefix: settings.basePath },
  );
  return app;
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header("retry-after", retryAfterSeconds);
  return reply
    .headers(securityHeaders.problem)
    .code(problem.status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problem));
}

/** Parameters in a URL that reads none would be passed over in silence. */
function refuseQuery(
  url: string,
  {
    config,
    url: path,
    method,
  }: { config: { query?: boolean; kind?: AnswerKind }; url?: string | undefined; method: string | string[] },
): void {
  if (!url.includes("?") || path === undefined || config.query === true || config.kind === undefined) return;
  throw new Failure(
    "invalid-request",
    `${[method].flat()[0]} ${path} takes no query parameters; take them out, or write them as fields of the body.`,
  );
}

const brokenMessages: Readonly<Record<string, WireFault>> = {
  HPE_HEADER_OVERFLOW: "headers-too-large",
  ERR_HTTP_REQUEST_TIMEOUT: "request-timeout",
};

/** Answers what Node's parser refused, where there is no request object yet. */
function answerBrokenMessage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = wireProblem(brokenMessages[error.code ?? ""] ?? "malformed-http");
  const body = JSON.stringify(problem);
  const headers = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
    "Connection: close",
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n${body}`);
}
