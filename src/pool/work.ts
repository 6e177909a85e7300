// Decides where a calculation runs: small ones here, large ones in a child process.
import type { Allowances } from "../limits.ts";
import { beforeDeadline, DeadlinePassed } from "./deadline.ts";
import { type Job, jobCost, runJob } from "./job.ts";
import { Pool } from "./pool.ts";

/** Below this estimate the way to a child and back costs more than it saves. */
const inProcessMs = 50;

/** A job that was estimated as small may hold up the service this long; then a child does it again. */
const heldUpMs = 500;

export interface Work {
  /** The answer's text; rejects as `Pool.run` does. */
  readonly run: (job: Job, signal?: AbortSignal) => Promise<string>;
  readonly pool: Pool;
}

export function createWork(options: { readonly workers: number; readonly allowances: Allowances }): Work {
  const pool = new Pool(options);
  const run = async (job: Job, signal?: AbortSignal): Promise<string> => {
    if (jobCost(job) >= inProcessMs) return pool.run(job, signal);
    try {
      return beforeDeadline(heldUpMs, () => runJob(job, options.allowances));
    } catch (error) {
      if (error instanceof DeadlinePassed) return pool.run(job, signal);
      throw error;
    }
  };
  return { run, pool };
}
