// Child processes: killed for real, stopped by their deadline, replaced, queued for, and hung up on.
import { afterEach, describe, expect, it } from "vitest";
import { Failure } from "../src/failure.ts";
import { derivation } from "../src/index.ts";
import { type Allowances, defaultAllowances } from "../src/limits.ts";
import { beforeDeadline, DeadlinePassed } from "../src/pool/deadline.ts";
import { type Job, pack, unpack } from "../src/pool/job.ts";
import { Pool } from "../src/pool/pool.ts";
import type { DerivationRequest } from "../src/request/schema.ts";
import { layers, post, useApp } from "./http/requests.ts";

const small: Job = { task: "derivation", request: { network: layers } as DerivationRequest, format: "text" };

/** A network whose chain products take seconds to write out. */
const slowRequest = {
  network: {
    kind: "layers",
    inputs: 6,
    layers: Array.from({ length: 3 }, () => ({ type: "dense", units: 6, activation: "tanh" })),
    loss: "half-squared-error",
    initialise: { scheme: "nice", seed: 1 },
    samples: [{ inputs: [1, 1, 1, 1, 1, 1], targets: [0, 0, 0, 0, 0, 0] }],
  },
} as unknown as DerivationRequest;
const slow: Job = { task: "derivation", request: slowRequest, format: "html" };

/** Far beyond what the slow job takes: what stops it is then something else. */
const patient = { deadlineMs: 100_000, killMs: 100_000, pathsPerAnswer: 1e9 };

let pool: Pool;
const poolOf = (workers: number, allowances: Partial<Allowances> = {}) => {
  pool = new Pool({ workers, allowances: { ...defaultAllowances, ...patient, ...allowances } });
  return pool;
};
afterEach(() => pool?.close());

const refusal = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => Promise.reject(new Error("nothing was refused")),
    (error: unknown) => (error instanceof Failure ? error : Promise.reject(error)),
  );

const soon = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves once a child works on the slow job. */
async function started(): Promise<number> {
  while (pool.busyProcessIds.length === 0) await soon(20);
  return pool.busyProcessIds[0]!;
}

const isAlive = (processId: number) => {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
};

describe("A calculation in a child process", () => {
  it("Answers with the same bytes as in this one", async () => {
    expect(await poolOf(1).run(small)).toBe(derivation(small.request as DerivationRequest, "text"));
  });

  it("Fails with the same sentence, pointer and mistakes as in this one", async () => {
    const request = {
      network: { ...layers, layers: [{ ...layers.layers[0], activation: "sigmod" }] },
    } as DerivationRequest;
    const job: Job = { task: "derivation", request, format: "json" };
    let here: unknown;
    try {
      derivation(request, "json");
    } catch (error) {
      here = error;
    }
    expect(pack(await refusal(poolOf(1).run(job)))).toEqual(pack(here as Failure));
  });

  it("A failure survives the way between processes", () => {
    const failure = new Failure("wrong-shape", "A", {
      pointer: "/a",
      errors: [new Failure("cycle", "B", { position: 3 })],
    });
    const again = unpack(structuredClone(pack(failure)));
    expect(again).toBeInstanceOf(Failure);
    expect(pack(again)).toEqual(pack(failure));
  });
});

describe("A child that is killed in the middle of its work", () => {
  it("Ends its own request with 503, and the next one is answered", async () => {
    const working = refusal(poolOf(1).run(slow));
    process.kill(await started(), "SIGKILL");
    const failure = await working;
    expect([failure.code, failure.status]).toEqual(["calculation-stopped", 503]);
    expect(failure.message).toBe(
      "The calculation ended before it had an answer; try again, or send a smaller network.",
    );
    expect(await pool.run(small)).toContain("=");
  });

  it("Does not touch what another child does", async () => {
    const [working, other] = [refusal(poolOf(2).run(slow)), pool.run(small)];
    process.kill(await started(), "SIGKILL");
    await Promise.allSettled([working]);
    expect(await other).toContain("=");
  });
});

describe("A calculation that takes too long", () => {
  it("Is stopped by its inner deadline, and its child is replaced", async () => {
    const working = refusal(poolOf(1, { deadlineMs: 2000 }).run(slow));
    const child = await started();
    const failure = await working;
    expect(failure.message).toBe(
      "The calculation took longer than 2,000 milliseconds and was stopped; ask for fewer parameters or a smaller network.",
    );
    expect(failure.details).toMatchObject({ limit: "deadlineMs", allowed: 2000 });
    expect(await pool.run(small)).toContain("=");
    expect(isAlive(child)).toBe(false);
  });

  it("Is killed when even that does not stop it", async () => {
    const failure = await refusal(poolOf(1, { killMs: 2000 }).run(slow));
    expect(failure.details).toMatchObject({ limit: "killMs", allowed: 2000 });
    expect(await pool.run(small)).toContain("=");
  });

  it("Cannot hold itself up with catch and finally", () => {
    const stubborn = () => {
      for (;;) {
        try {
          for (;;);
        } catch {
        } finally {
        }
      }
    };
    expect(() => beforeDeadline(50, stubborn)).toThrow(DeadlinePassed);
    expect(beforeDeadline(50, () => 7)).toBe(7);
    expect(() => beforeDeadline(50, () => JSON.parse("{"))).toThrow(SyntaxError);
  });
});

describe("A calculation that takes too much memory", () => {
  it("Is killed, and its sentence names the limit", async () => {
    const failure = await refusal(poolOf(1, { workerMegabytes: 90 }).run(slow));
    expect(failure.code).toBe("calculation-stopped");
    expect(failure.details).toMatchObject({ limit: "workerMegabytes", allowed: 90 });
  });
});

describe("The queue", () => {
  it("Refuses with 503 what finds no place, and answers what has one", async () => {
    poolOf(1, { waiting: 1 });
    const running = refusal(pool.run(slow));
    const child = await started();
    const waiting = pool.run(small);
    const failure = await refusal(pool.run(small));
    expect([failure.code, failure.status]).toEqual(["too-busy", 503]);
    expect(failure.message).toBe(
      "The service is calculating and 1 requests are waiting already; try again in a few seconds.",
    );
    expect(() => pool.refuseWhenFull()).toThrow(Failure);
    process.kill(child, "SIGKILL");
    await running;
    expect(await waiting).toContain("=");
    expect(() => pool.refuseWhenFull()).not.toThrow();
  });

  it("Forgets those who hung up, whether they wait or are worked for", async () => {
    poolOf(1);
    const [first, second] = [new AbortController(), new AbortController()];
    const running = pool.run(slow, first.signal).catch((error: unknown) => error);
    const child = await started();
    const waiting = pool.run(slow, second.signal).catch((error: unknown) => error);
    second.abort(new Error("second hung up"));
    first.abort(new Error("first hung up"));
    expect(await waiting).toMatchObject({ message: "second hung up" });
    expect(await running).toMatchObject({ message: "first hung up" });
    expect(await pool.run(small)).toContain("=");
    expect(isAlive(child)).toBe(false);
  });
});

describe("Over HTTP", () => {
  const { app, inject } = useApp({ LIMIT_DEADLINE_MS: "100000", LIMIT_KILL_MS: "100000", WORKERS: "1" });

  it("A killed child answers 503 with Retry-After, and the next request is answered", async () => {
    const working = inject(post("/v1/derivations", slowRequest, { accept: "text/html" }));
    const { pool: children } = app().answers.work;
    while (children.busyProcessIds.length === 0) await soon(20);
    process.kill(children.busyProcessIds[0]!, "SIGKILL");
    const answer = await working;
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
    expect(answer.json()).toMatchObject({ code: "calculation-stopped" });
    expect((await inject(post("/v1/derivations", layers))).statusCode).toBe(200);
  });
});
