#!/usr/bin/env node
// Runs the command line from the compiled program where there is one, else from the sources by way of tsx.
import { existsSync } from "node:fs";

const compiled = new URL("../dist/src/main.js", import.meta.url);
if (existsSync(compiled)) {
  await import(compiled.href);
} else {
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("../src/main.ts", import.meta.url).href);
}
