// The last step of a route: an answer onto the wire, and the sender's hanging up into the calculation.
import type { FastifyReply } from "fastify";
import type { Archive, Elsewhere } from "./answers.ts";
import type { Representation } from "./byte-cache.ts";

/** Sends a representation with its tag, or leads to where it is. */
export function sendRepresentation(
  reply: FastifyReply,
  answer: Representation | Elsewhere | Archive,
): FastifyReply {
  if ("location" in answer) return reply.redirect(answer.location, 308);
  if ("archive" in answer)
    return reply
      .header("content-disposition", `attachment; filename="${answer.fileName}"`)
      .type(answer.mediaType)
      .send(answer.archive);
  return reply.header("etag", answer.etag).type(answer.mediaType).send(answer.bytes);
}

/** Aborted when the connection ends before the answer is sent. */
export function abortOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort(new Error("the client hung up"));
  });
  return controller.signal;
}
