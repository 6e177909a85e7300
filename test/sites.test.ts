// The example sites, built by their own scripts and opened in a browser: every formula is set, nothing is left raw.
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const executablePath = "/usr/bin/chromium";
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

const sites = [
  { name: "hugo", output: "public", page: (name: string) => `/${name}/` },
  { name: "jekyll", output: "_site", page: (name: string) => `/derivations/${name}.html` },
] as const;

const pages = ["note-001", "classic-2-2-2", "two-paths"];

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

/** Serves a folder, with index.html for what ends in a slash. */
async function served(folder: string): Promise<Server> {
  const server = createServer(({ url = "/" }, response) => {
    const path = join(folder, normalize(decodeURIComponent(url)));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": mediaTypes[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** A copy of the site where its script finds the examples and the program. */
function builtSite(name: string): string {
  const home = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(home, "examples"));
  for (const linked of ["bin", "node_modules"]) symlinkSync(join(root, linked), join(home, linked));
  for (const page of pages) cpSync(join(root, `examples/${page}.json`), join(home, `examples/${page}.json`));
  cpSync(join(root, "examples", name), join(home, "examples", name), { recursive: true });
  execFileSync(join(home, "examples", name, "build.sh"), { stdio: "pipe" });
  return home;
}

interface Picture {
  readonly complete: boolean;
  readonly naturalWidth: number;
  readonly alt: string;
}

const canRun = (program: string): boolean => spawnSync(program, ["--help"], { stdio: "ignore" }).status === 0;

describe.each(sites)("the $name site", ({ name, output, page }) => {
  const isSkipped = !existsSync(executablePath) || !canRun(name);
  let home: string;
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    if (isSkipped) return;
    home = builtSite(name);
    server = await served(join(home, "examples", name, output));
    browser = await chromium.launch({ executablePath, args: flags.split(" ") });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    if (home) rmSync(home, { recursive: true });
  });

  test.skipIf(isSkipped)("sets every formula of every page", async () => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const derived of pages) {
      const tab = await browser.newPage();
      const strangers: string[] = [];
      tab.on("request", (request) => {
        if (!request.url().startsWith(origin)) strangers.push(request.url());
      });
      await tab.goto(origin + page(derived), { waitUntil: "load" });
      await tab.waitForFunction("document.querySelectorAll('.katex').length > 20");
      const text = String(await tab.evaluate("document.querySelector('article').innerText"));
      expect(await tab.evaluate("document.querySelectorAll('.katex-error').length")).toBe(0);
      expect(text).not.toMatch(/\$\$|\\frac|\\begin|\{\{|\{%|katex/);
      expect(await tab.evaluate("document.querySelectorAll('h1').length")).toBe(1);
      expect(await tab.title()).not.toBe("");
      const images = await tab.evaluate(
        "[...document.querySelectorAll('article img')].map(({ complete, naturalWidth, alt }) => ({ complete, naturalWidth, alt }))",
      );
      expect(images).not.toEqual([]);
      for (const { complete, naturalWidth, alt } of images as readonly Picture[]) {
        expect(complete && naturalWidth > 100, alt).toBe(true);
        expect(alt).toMatch(/^[A-Z][^∂₁]+\. .*\.$/);
      }
      expect(text).not.toContain("flowchart");
      expect(strangers).toEqual([]);
      await tab.close();
    }
  });
});
