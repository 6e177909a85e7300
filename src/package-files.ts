// Files that come with the program, found both from the source tree and from the compiled one beside it.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = ["../", "../../"]
  .map((way) => new URL(way, import.meta.url))
  .find((folder) => existsSync(new URL("package.json", folder)));

/** Where a file of the package lies, by its path from the package's folder. */
export function packagePath(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** The text of a file of the package, by its path from the package's folder. Throws when it is missing. */
export function packageFile(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}
