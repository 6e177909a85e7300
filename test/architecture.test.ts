// One way, one direction: which folder may import which, and where the foreign engines are.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Files at the top of `src` that every layer may use: the one error thrown on purpose, and how answers are looked up. */
const common = ["src/failure.ts", "src/table.ts", "src/remembered.ts"];

/** What each folder may import besides itself and what is common; a name without a folder is a file at the top of `src`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/primitives": [],
  "src/expression": ["src/primitives"],
  "src/network": ["src/expression", "src/primitives"],
  "src/notation": ["src/network", "src/expression", "src/primitives"],
  "src/derivative": ["src/network", "src/expression", "src/primitives"],
  "src/matrix": ["src/derivative", "src/network", "src/expression", "src/primitives"],
  "src/picture": [
    "src/derivation",
    "src/numeric",
    "src/derivative",
    "src/network",
    "src/expression",
    "src/primitives",
  ],
  "src/numeric": ["src/matrix", "src/derivative", "src/network", "src/expression", "src/primitives"],
  "src/code": [
    "src/writers",
    "src/derivation",
    "src/numeric",
    "src/derivative",
    "src/network",
    "src/expression",
    "src/primitives",
  ],
  "src/grading": [
    "src/derivation",
    "src/reading",
    "src/notation",
    "src/numeric",
    "src/derivative",
    "src/network",
    "src/expression",
    "src/primitives",
  ],
};

/** The referee reads descriptions by itself: of ours it shares texts and exact numbers, never a graph or a derivative. */
const refereeReads: readonly string[] = [
  "src/expression/formula.ts",
  "src/expression/rational.ts",
  "src/expression/syntax.ts",
  "src/network/description.ts",
  "src/network/losses.ts",
  "src/primitives/index.ts",
];

/** Where a package may be imported: other folders do without it. */
const packages: Readonly<Record<string, readonly string[]>> = {
  mathjs: ["src/numeric/reference/"],
  katex: ["src/writers/html", "src/writers/katex", "src/reading/"],
  "@myriaddreamin/typst-ts-node-compiler": ["src/writers/pdf/compile.ts"],
  qr: ["src/writers/qr.ts"],
  "@resvg/resvg-js": ["src/writers/picture/png.ts"],
  fastify: ["src/app.ts", "src/serve.ts", "src/server.ts", "src/http/", "routes/"],
};

/** What a writer may take from below besides types: how numbers in row-major order are cut into rows. */
const shapesOfNumbers = "src/numeric/matrices.ts";

interface File {
  readonly path: string;
  readonly text: string;
  /** Paths from the root for our own files, names for packages. */
  readonly imports: readonly string[];
  /** Those of them that are more than types. */
  readonly values: readonly string[];
}

const files = ["src", "routes"].flatMap((folder) => filesIn(folder));

function filesIn(folder: string): readonly File[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = [folder, ...name.split(sep)].join("/");
      const text = readFileSync(join(root, path), "utf8");
      const imports = importsOf(path, text, /^(?:import|export)\b[^;"]*"([^"]+)";/gm);
      return {
        path,
        text,
        imports,
        values: importsOf(path, text, /^(?:import|export)\b(?! type)[^;"]*"([^"]+)";/gm),
      };
    });
}

function importsOf(path: string, text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) =>
    name.startsWith(".")
      ? relative(root, join(root, dirname(path), name))
          .split(sep)
          .join("/")
      : name,
  );
}

const isInside = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** `importer → imported` for every import that no rule allows. */
function forbidden(folder: string, places: readonly string[]): readonly string[] {
  return files
    .filter(({ path }) => isInside(path, folder))
    .flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith("src/") || name.startsWith("routes/"))
        .filter((name) => ![folder, ...common, ...places].some((place) => isInside(name, place)))
        .map((name) => `${path} → ${name}`),
    );
}

describe("imports", () => {
  it("are read from a plausible number of files", () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(400);
    for (const folder of Object.keys(allowed))
      expect(files.filter(({ path }) => isInside(path, folder)).length, folder).toBeGreaterThan(2);
  });

  it.each(Object.entries(allowed))("of %s point to lower layers", (folder, places) => {
    expect(forbidden(folder, places)).toEqual([]);
  });

  it("of the derivation see the writers nowhere", () => {
    const upper = ["src/writers", "src/request", "src/http", "src/pool", "routes"];
    const found = files
      .filter(({ path }) => isInside(path, "src/derivation"))
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => upper.some((place) => isInside(name, place)))
          .map((name) => `${path} → ${name}`),
      );
    expect(found).toEqual([]);
  });

  it("of the writers compute nothing", () => {
    const found = files
      .filter(({ path }) => isInside(path, "src/writers"))
      .flatMap(({ path, values }) =>
        values
          .filter((name) => isInside(name, "src/numeric") || name === "src/derivation/derive.ts")
          .filter((name) => name !== shapesOfNumbers)
          .map((name) => `${path} → ${name}`),
      );
    expect(found).toEqual([]);
  });

  it("of routes go through the library's surface", () => {
    const lower = [...Object.keys(allowed), "src/derivation", "src/writers"];
    const found = files
      .filter(({ path }) => isInside(path, "routes"))
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => lower.some((place) => isInside(name, place)))
          .map((name) => `${path} → ${name}`),
      );
    expect(found).toEqual([]);
  });

  it("of the referee share neither graph nor derivative with what it judges", () => {
    const found = files
      .filter(({ path }) => isInside(path, "src/numeric/reference"))
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => name.startsWith("src/") && !isInside(name, "src/numeric/reference"))
          .filter((name) => !refereeReads.includes(name))
          .map((name) => `${path} → ${name}`),
      );
    expect(found).toEqual([]);
  });

  it.each(Object.entries(packages))("of %s stay in their place", (name, places) => {
    const users = files.filter(({ imports }) =>
      imports.some((imported) => imported === name || imported.startsWith(`${name}/`)),
    );
    expect(users.length).toBeGreaterThan(0);
    const strangers = users
      .map(({ path }) => path)
      .filter((path) => !places.some((place) => path.startsWith(place)));
    expect(strangers).toEqual([]);
  });

  it("of values form no circle between folders", () => {
    const valuesOf = new Map(files.map(({ path, values }) => [path, values]));
    const reachable = (from: string): Set<string> => {
      const seen = new Set<string>(valuesOf.get(from));
      for (const name of seen) for (const next of valuesOf.get(name) ?? []) seen.add(next);
      return seen;
    };
    const circles = files.flatMap(({ path }) =>
      [...reachable(path)]
        .filter((name) => dirname(name) !== dirname(path) && reachable(name).has(path))
        .map((name) => `${path} → ${name}`),
    );
    expect(circles).toEqual([]);
  });
});

describe("files", () => {
  it("never name a module of the table's folder by a path that leaves the repository", () => {
    for (const { path, imports } of files)
      for (const name of imports) expect(name.startsWith(".."), `${path} → ${name}`).toBe(false);
  });

  it("of knowledge are data: a row of primitives has no import but its own folder's", () => {
    const rows = files.filter(({ path }) => isInside(path, "src/primitives"));
    for (const { path, imports } of rows)
      for (const name of imports) expect(isInside(name, "src/primitives"), `${path} → ${name}`).toBe(true);
  });

  it("end their relative imports in .ts", () => {
    for (const { path, text } of files) {
      const relatives = [...text.matchAll(/from "(\.[^"]*)"/g)].map(([, name]) => name!);
      for (const name of relatives) expect(/\.(ts|json)$/.test(name), `${path} → ${name}`).toBe(true);
    }
  });
});
