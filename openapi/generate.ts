// Writes openapi.json from the routes; `--check` compares instead. Run by `npm run openapi`.
import { readFileSync, writeFileSync } from "node:fs";
import { buildApp } from "../src/app.ts";

const target = new URL("openapi.json", import.meta.url);

const app = await buildApp();
await app.ready();
const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();

if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  process.stderr.write("openapi/openapi.json is not what the routes say; run npm run openapi.\n");
  process.exitCode = 1;
}
