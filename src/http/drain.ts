// The end of the service: what is in flight is answered, and connections that only stand open are cut.
import type { FastifyInstance } from "fastify";

/** How often an ending service looks for connections to cut; long enough for a sent answer to leave. */
const cutMs = 250;

/** Returns what begins the end; to be called before any route exists. From then on, connections are cut whenever
 *  no request is being answered: a client that keeps its connection open in silence would hold up the end. */
export function prepareDrain(app: FastifyInstance): () => void {
  let inFlight = 0;
  let draining = false;
  app.addHook("onRequest", async (_request, reply) => {
    inFlight += 1;
    reply.raw.once("close", () => {
      inFlight -= 1;
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (draining) reply.header("connection", "close");
  });
  const cut = () => {
    if (inFlight === 0) app.server.closeAllConnections();
  };
  return () => {
    draining = true;
    setInterval(cut, cutMs).unref();
  };
}
