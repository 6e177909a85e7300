// Settings: every variable read strictly, everything else refused with a sentence.
import { describe, expect, it } from "vitest";
import { limitNames, limits } from "../src/limits.ts";
import { printSettings, readSettings } from "../src/settings.ts";

const complaint = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("The environment", () => {
  it("Gives the documented values where it says nothing", () => {
    expect(readSettings({ PATH: "/bin", HOME: "/" })).toMatchObject({
      host: "127.0.0.1",
      port: 8080,
      basePath: "",
      publicUrl: "",
      logLevel: "info",
      corsOrigins: [],
      workers: 2,
    });
  });

  it("Is read", () => {
    const settings = readSettings({
      HOST: "0.0.0.0",
      PORT: "9000",
      BASE_PATH: "/handgrad/",
      PUBLIC_URL: "https://course.example/handgrad/",
      LOG_LEVEL: "warn",
      CORS_ORIGINS: "https://course.example, http://localhost:1313",
      WORKERS: "4",
      LIMIT_UNITS: "600",
    });
    expect(settings).toMatchObject({
      host: "0.0.0.0",
      port: 9000,
      basePath: "/handgrad",
      publicUrl: "https://course.example/handgrad",
      logLevel: "warn",
      corsOrigins: ["https://course.example", "http://localhost:1313"],
      workers: 4,
    });
    expect(settings.allowances.units).toBe(600);
    expect(settings.allowances.edges).toBe(limits.edges.allowed);
  });

  it.each([
    [{ PORT: "80a" }, 'PORT is "80a"; a whole number from 0 to 65535 is expected.'],
    [{ PORT: "65536" }, 'PORT is "65536"; a whole number from 0 to 65535 is expected.'],
    [{ HOST: "a b" }, 'HOST is "a b"; an address or a host name is expected.'],
    [{ BASE_PATH: "x" }, 'BASE_PATH is "x"; a path such as /handgrad is expected.'],
    ...["course.example", "javascript:alert(1)", "https://a.example/)x", "https://a.example/?b"].map(
      (text) =>
        [
          { PUBLIC_URL: text },
          `PUBLIC_URL is "${text}"; an address such as https://course.example/handgrad is expected.`,
        ] as [Record<string, string>, string],
    ),
    [{ BASE_PATH: "/a//b" }, 'BASE_PATH is "/a//b"; a path such as /handgrad is expected.'],
    [
      { LOG_LEVEL: "loud" },
      'LOG_LEVEL is "loud"; one of trace, debug, info, warn, error, fatal, silent is expected.',
    ],
    [
      { CORS_ORIGINS: "*" },
      'CORS_ORIGINS is "*"; a list of origins such as https://course.example, with commas between them is expected.',
    ],
    [{ WORKERS: "0" }, 'WORKERS is "0"; a whole number from 1 to 64 is expected.'],
    [{ LIMIT_UNITS: "-1" }, 'LIMIT_UNITS is "-1"; a whole number of at least 1 is expected.'],
    [{ HANDGRAD_PORT: "1" }, 'The variable HANDGRAD_PORT is not known. Did you mean "PORT"?'],
    [{ LIMIT_UNIT: "1" }, 'The variable LIMIT_UNIT is not known. Did you mean "LIMIT_UNITS"?'],
    [
      { PORT: "x", LIMIT_UNIT: "1" },
      'The variable LIMIT_UNIT is not known. Did you mean "LIMIT_UNITS"?\nPORT is "x"; a whole number from 0 to 65535 is expected.',
    ],
  ])("%j is refused", (environment, sentence) => {
    expect(complaint(environment as unknown as Record<string, string>)).toBe(sentence);
  });

  it("Is printed in the form in which it is read", () => {
    const settings = readSettings({
      PORT: "9000",
      CORS_ORIGINS: "https://a.example,https://b.example",
      LIMIT_KEYS: "7",
    });
    const lines = printSettings(settings).trim().split("\n");
    const printed = Object.fromEntries(
      lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    expect(readSettings(printed)).toEqual(settings);
  });
});

describe("The limits", () => {
  it.each(limitNames)("The sentence of %s is one, and names what is allowed", (name) => {
    const { sentence, unit } = limits[name];
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).toContain("{allowed}");
    expect(unit).not.toBe("");
  });
});
