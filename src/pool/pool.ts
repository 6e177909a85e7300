// Child processes for calculations that must not hold up the service, and that can be killed at any moment:
// native memory and endless loops end with the child, and only its own request hears of it.
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { type Allowances, type LimitName, limitFailure } from "../limits.ts";
import type { Assignment, Report } from "./child.ts";
import { type Job, jobLimits, unpack } from "./job.ts";

/** A child is replaced after so many jobs, or so much memory more than it started with, before leaks count. A PDF takes
 *  50 MB, which the collector gives back in time; programs started from source take 100 MB more than compiled ones. */
const jobsPerChild = 500;
const grownBytes = 200 * 2 ** 20;

/** How often the memory of a busy child is looked at. */
const memoryCheckMs = 50;

/** A child that has not loaded the program by then never will. */
const startMs = 30_000;

/** Children that end while starting, one after the other, before the pool gives up on those who wait. */
const failedStarts = 3;

interface Task {
  readonly job: Job;
  readonly resolve: (text: string) => void;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal | undefined;
}

interface Child {
  readonly process: ChildProcess;
  ready: boolean;
  /** Its memory when it was ready. */
  startBytes: number;
  jobs: number;
  task?: Task;
  /** Why it was killed; a child that ends without a reason crashed. */
  reason?: unknown;
  timers: NodeJS.Timeout[];
}

export interface PoolOptions {
  readonly workers: number;
  readonly allowances: Allowances;
}

export class Pool {
  readonly #options: PoolOptions;
  readonly #children = new Set<Child>();
  readonly #waiting: Task[] = [];
  #failedStarts = 0;
  #kept = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Process ids of the children that calculate now. */
  get busyProcessIds(): number[] {
    return [...this.#children].flatMap((child) => (child.task && child.process.pid) || []);
  }

  /** Starts all children now, and keeps as many from now on. */
  warm(): void {
    this.#kept = this.#options.workers;
    this.#fill();
  }

  /** The answer's text. Throws Failure `too-busy` when the queue is full, `calculation-stopped` when the child
   *  was killed or died, and what the calculation throws. An abort of `signal` ends it. */
  run(job: Job, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      this.refuseWhenFull();
      const task: Task = { job, resolve, reject, signal };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener("abort", () => this.#abort(task), { once: true });
      this.#waiting.push(task);
      this.#assign();
    });
  }

  /** Throws Failure `too-busy` when there is no place left in the queue. */
  refuseWhenFull(): void {
    const { allowances, workers } = this.#options;
    const busy = [...this.#children].filter((child) => child.task).length;
    if (this.#waiting.length >= allowances.waiting + workers - busy)
      throw limitFailure("waiting", allowances, this.#waiting.length + 1);
  }

  /** Ends every child; who waits is told that the service stops. */
  close(): void {
    this.#closed = true;
    for (const task of this.#waiting.splice(0)) task.reject(stopped("The service is stopping; try again."));
    for (const child of this.#children) this.#kill(child, stopped("The service is stopping; try again."));
  }

  /** Gives waiting tasks to idle children, starting children up to the number of workers. */
  #assign(): void {
    for (const child of this.#children) {
      if (this.#waiting.length === 0) return;
      if (child.ready && !child.task && child.reason === undefined)
        this.#start(child, this.#waiting.shift()!);
    }
    const starting = [...this.#children].filter((child) => !child.ready).length;
    const room = this.#options.workers - this.#children.size;
    for (let count = 0; count < Math.min(room, this.#waiting.length - starting); count += 1) this.#fork();
  }

  #start(child: Child, task: Task): void {
    const { allowances } = this.#options;
    child.task = task;
    child.jobs += 1;
    const { kill, memory } = jobLimits(task.job);
    child.timers = [
      setTimeout(() => this.#kill(child, limitFailure(kill, allowances, allowances[kill])), allowances[kill]),
      setInterval(() => this.#weigh(child, memory), memoryCheckMs),
    ];
    const assignment: Assignment = { job: task.job, allowances };
    child.process.send(assignment);
  }

  #weigh(child: Child, memory: LimitName): void {
    const megabytes = Math.round(residentBytes(child.process.pid!) / 2 ** 20);
    if (megabytes > this.#options.allowances[memory])
      this.#kill(child, limitFailure(memory, this.#options.allowances, megabytes));
  }

  #fork(): void {
    const child: Child = {
      process: forkChild(this.#options.allowances),
      ready: false,
      startBytes: 0,
      jobs: 0,
      timers: [],
    };
    child.timers = [setTimeout(() => this.#kill(child, new Error("a child process did not start")), startMs)];
    child.process.on("message", (report: Report) => this.#hear(child, report));
    child.process.on("error", () => {}); // "exit" follows, or the channel is closed already
    child.process.on("exit", (code, signal) => this.#bury(child, code, signal));
    this.#children.add(child);
  }

  #fill(): void {
    while (!this.#closed && this.#children.size < this.#kept) this.#fork();
  }

  #hear(child: Child, report: Report): void {
    const { task } = child;
    for (const timer of child.timers.splice(0)) clearTimeout(timer);
    delete child.task;
    switch (report.kind) {
      case "ready":
        child.ready = true;
        child.startBytes = report.residentBytes;
        this.#failedStarts = 0;
        break;
      case "answer":
        task?.resolve(report.text);
        break;
      case "failure":
        task?.reject(unpack(report.failure));
        break;
      case "late":
        if (task) task.reject(this.#late(jobLimits(task.job).deadline));
        break;
      case "fault":
        task?.reject(new Error(report.stack));
        break;
    }
    if (isWorn(child, report)) this.#kill(child, "worn");
    this.#assign();
  }

  #late(limit: LimitName): Failure {
    return limitFailure(limit, this.#options.allowances, this.#options.allowances[limit]);
  }

  #kill(child: Child, reason: unknown): void {
    child.reason ??= reason;
    child.process.kill("SIGKILL");
  }

  #bury(child: Child, code: number | null, signal: NodeJS.Signals | null): void {
    for (const timer of child.timers.splice(0)) clearTimeout(timer);
    this.#children.delete(child);
    const crash = stopped(
      "The calculation ended before it had an answer; try again, or send a smaller network.",
    );
    child.task?.reject(child.reason ?? crash);
    if (!child.ready && !this.#closed)
      this.#noteFailedStart(`a child process ended while starting: ${code ?? signal}`);
    this.#fill();
    this.#assign();
  }

  #noteFailedStart(message: string): void {
    this.#failedStarts += 1;
    if (this.#failedStarts < failedStarts) return;
    this.#kept = 0;
    for (const task of this.#waiting.splice(0)) task.reject(new Error(message));
  }

  #abort(task: Task): void {
    const place = this.#waiting.indexOf(task);
    if (place >= 0) this.#waiting.splice(place, 1);
    for (const child of this.#children) if (child.task === task) this.#kill(child, task.signal?.reason);
    task.reject(task.signal?.reason);
  }
}

const stopped = (sentence: string) => new Failure("calculation-stopped", sentence);

/** A calculation that was cut off may have left a cache half filled. */
function isWorn(child: Child, report: Report): boolean {
  if (report.kind === "late" || report.kind === "fault") return true;
  const grown = "residentBytes" in report ? report.residentBytes - child.startBytes : 0;
  return child.jobs >= jobsPerChild || grown > grownBytes;
}

/** Runs child.ts as this file runs: from its TypeScript source by way of tsx, or compiled. */
function forkChild(allowances: Allowances): ChildProcess {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const heap = Math.round(allowances.workerMegabytes * 0.75);
  return fork(fileURLToPath(new URL(`./child.${extension}`, import.meta.url)), [], {
    execArgv: [`--max-old-space-size=${heap}`, ...(extension === "ts" ? ["--import", "tsx"] : [])],
    env: {},
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    serialization: "advanced",
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
}

/** Memory of a process in bytes, native memory included (proc_pid_statm(5), field 2, pages of 4 KiB); 0 where
 *  the system does not tell. */
function residentBytes(processId: number): number {
  try {
    return Number(readFileSync(`/proc/${processId}/statm`, "latin1").split(" ")[1]) * 4096;
  } catch {
    return 0;
  }
}
