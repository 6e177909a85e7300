// Serving: a port, a log, signals, and an end that answers what is in flight.
import closeWithGrace from "close-with-grace";
import { buildApp } from "./app.ts";
import { Failure } from "./failure.ts";
import { readSettings, type Settings } from "./settings.ts";

/** A stop that takes longer is cut off: orchestrators kill after 30 s. */
const graceMs = 20_000;

/** Longest part of a URL in a log line; a permalink would fill the log. */
const loggedCharacters = 200;

/** Listens until SIGTERM or SIGINT. */
export async function serve(settings: Settings): Promise<void> {
  const serializers = {
    req: ({ method, url }: { method: string; url: string }) => ({
      method,
      url: url.slice(0, loggedCharacters),
    }),
  };
  const app = await buildApp({ settings, logger: { level: settings.logLevel, serializers } });
  closeWithGrace({ delay: graceMs, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ err }, "stopping after an error");
    app.beginDrain();
    await app.close();
  });
  app.answers.work.pool.warm();
  await app.listen({ host: settings.host, port: settings.port });
}

/** Settings of the environment; with a sentence on standard error and exit code 2 where one cannot be used. */
export function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
