// Goal: 200 variants as an archive keep at most a fifth more in memory than the first fifty.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { classSetFiles } from "../src/exports/class-set.ts";
import { zipped } from "../src/exports/zip.ts";
import { seedsOf, variantFiles } from "../src/index.ts";
import type { WorksheetRequest } from "../src/request/schema.ts";
import { cpuTime, type Line } from "./measure.ts";

const request: WorksheetRequest = {
  network: {
    kind: "layers",
    inputs: 2,
    naming: "by-source",
    layers: [
      { type: "dense", units: 2, activation: "sigmoid", bias: "none" },
      { type: "dense", units: 1, activation: "sigmoid", bias: "none" },
    ],
    loss: "half-squared-error",
  },
  task: "numbers",
  seed: 1,
  count: 200,
  files: ["html", "tex"],
};

/** Variants after which caches are full. */
const warm = 50;

export async function classSetLines(): Promise<readonly Line[]> {
  const kept = new Map<number, number>();
  const seeds = seedsOf(request);
  const start = cpuTime();
  const variant = async (seed: number) => {
    if (seed === warm || seed === seeds.length) kept.set(seed, keptBytes());
    return variantFiles(request, seed);
  };
  let bytes = 0;
  for await (const piece of zipped(classSetFiles({ seeds, variant }))) bytes += (piece as Buffer).length;
  const megabyte = 2 ** 20;
  return [
    { name: "200 variants as HTML and TeX: size of the archive", figure: bytes / megabyte, unit: "MB" },
    { name: "200 variants: CPU of each", figure: (cpuTime() - start) / seeds.length, unit: "ms" },
    { name: "200 variants: memory kept at the 50th", figure: kept.get(warm)! / megabyte, unit: "MB" },
    {
      name: "200 variants: memory kept at the last / at the 50th",
      figure: kept.get(seeds.length)! / kept.get(warm)!,
      goal: { atMost: 1.2 },
    },
  ];
}

/** What is left after everything was collected that can be: how lazy the collector is says nothing. */
function keptBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
