// The version that answers carry, so that a page can tell which engine derived it.
import { packageFile } from "./package-files.ts";

export const engine: string = (JSON.parse(packageFile("package.json")) as { version: string }).version;
