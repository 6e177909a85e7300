// The program of a child process: one job at a time, ended by its inner deadline or by the parent's SIGKILL.
import { Failure } from "../failure.ts";
import type { Allowances } from "../limits.ts";
import { beforeDeadline, DeadlinePassed } from "./deadline.ts";
import { type Job, jobLimits, type PackedFailure, pack, runJob } from "./job.ts";

export interface Assignment {
  readonly job: Job;
  readonly allowances: Allowances;
}

export type Report =
  | { readonly kind: "ready"; readonly residentBytes: number }
  | { readonly kind: "answer"; readonly text: string; readonly residentBytes: number }
  | { readonly kind: "failure"; readonly failure: PackedFailure; readonly residentBytes: number }
  | { readonly kind: "late" }
  | { readonly kind: "fault"; readonly stack: string };

const send = (report: Report) => process.send?.(report);

process.on("message", ({ job, allowances }: Assignment) => {
  try {
    const text = beforeDeadline(allowances[jobLimits(job).deadline], () => runJob(job, allowances));
    send({ kind: "answer", text, residentBytes: process.memoryUsage.rss() });
  } catch (error) {
    if (error instanceof Failure)
      send({ kind: "failure", failure: pack(error), residentBytes: process.memoryUsage.rss() });
    else if (error instanceof DeadlinePassed) send({ kind: "late" });
    else
      send({ kind: "fault", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {}); // the parent decides when to end
send({ kind: "ready", residentBytes: process.memoryUsage.rss() });
