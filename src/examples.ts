// Requests to start from. Each is a file that can be posted, or handed to the command line, as it is.
import { Failure, nearest } from "./failure.ts";
import { packageFile } from "./package-files.ts";

export interface ExampleEntry {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
}

interface IndexRow {
  readonly name: string;
  readonly summary: string;
}

const index: readonly IndexRow[] = JSON.parse(packageFile("examples/index.json")) as IndexRow[];

/** In the order in which a course would meet them; the title is the one in the request. */
export const examples: readonly ExampleEntry[] = index.map(({ name, summary }) => {
  const { render } = JSON.parse(fileOf(name)) as { render: { title: string } };
  return { name, title: render.title, summary };
});

/** The text of an example's request. Throws Failure `not-found` with the names. */
export function exampleText(name: string): string {
  if (index.some((row) => row.name === name)) return fileOf(name);
  const names = index.map((row) => row.name);
  const meant = nearest(name, names);
  throw new Failure(
    "not-found",
    `There is no example ${JSON.stringify(name.slice(0, 60))}; ${meant ? `did you mean "${meant}"?` : `the examples are ${names.join(", ")}.`}`,
  );
}

function fileOf(name: string): string {
  return packageFile(`examples/${name}.json`);
}
