// The process: it starts only with settings that it understands, and ends by answering what is in flight.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { exampleText } from "../src/examples.ts";

const program = fileURLToPath(new URL("../src/server.ts", import.meta.url));
let server: ChildProcess | undefined;
afterEach(() => server?.kill("SIGKILL"));

function start(environment: Record<string, string>, ...words: string[]): ChildProcess {
  const settings = { PATH: process.env.PATH, LOG_LEVEL: "silent", ...environment };
  server = spawn(process.execPath, ["--import", "tsx", program, ...words], { env: settings, stdio: "pipe" });
  return server;
}

async function outputOf(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout!.on("data", (chunk) => stdout.push(String(chunk)));
  child.stderr!.on("data", (chunk) => stderr.push(String(chunk)));
  const [code] = (await once(child, "exit")) as [number];
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

/** Resolves when the service answers. */
async function ready(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("The start", () => {
  it("Is refused, with a sentence, when a setting is malformed or unknown", async () => {
    expect(await outputOf(start({ PORT: "http", HANDGRAD_HOST: "x" }))).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'The variable HANDGRAD_HOST is not known. Did you mean "HOST"?\nPORT is "http"; a whole number from 0 to 65535 is expected.\n',
    });
  });

  it("--print-config shows the effective settings instead", async () => {
    const { code, stdout } = await outputOf(start({ PORT: "9001" }, "--print-config"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HOST=127\.0\.0\.1\nPORT=9001\n/);
  });
});

describe("The end", () => {
  /** A stop ends within 20 s; with nothing but idle connections it takes far less. */
  const promptMs = 8000;

  it("Answers what is in flight, and is not held up by idle or silent connections", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = start({ PORT: String(port) });
    await ready(url);
    const idle = await fetch(`${url}/healthz`);
    expect(idle.status).toBe(200);
    const silent = connect(port, "127.0.0.1");
    silent.on("error", () => {});
    await once(silent, "connect");

    const body = exampleText("classic-2-2-2");
    const inFlight = new Promise<string>((resolve) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1", () => {
        const head = `POST /v1/derivations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
        socket.write(head + body.slice(0, 20));
        setTimeout(() => child.kill("SIGTERM"), 200);
        setTimeout(() => socket.write(body.slice(20)), 400);
      });
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("close", () => resolve(answer));
    });

    const exit = once(child, "exit");
    const answer = await inFlight;
    const answered = performance.now();
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/connection: close/i);
    expect(answer).toContain('"chainMultiplications":"54"');
    expect((await exit)[0]).toBe(0);
    expect(performance.now() - answered).toBeLessThan(promptMs);
    silent.destroy();
  });
});
