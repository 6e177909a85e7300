// Front matter: what a site generator reads before the page, as YAML in double quotes, where every character can be
// escaped (YAML 1.2.2, section 7.3.1).
import type { DerivationDocument } from "../derivation/document.ts";
import type { Flavor } from "./markdown-flavors.ts";
import { oneLine } from "./markdown-text.ts";

/** A date that every generator can read; others stay in the page. */
const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export interface FrontMatter {
  readonly text: string;
  /** Which parts of the document the site shows. */
  readonly shown: ReadonlySet<keyof DerivationDocument>;
}

export function frontMatter(document: DerivationDocument, flavor: Flavor): FrontMatter {
  const { title, author, course, date, language } = document;
  const isDated = date !== undefined && isoDate.test(date);
  const fields: readonly (readonly [key: string, value: string | undefined])[] = [
    ["title", title],
    ["author", author],
    [flavor.courseKey, course],
    ["date", isDated ? date : undefined],
    ["lang", language],
  ];
  const lines = fields
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}: ${quoted(flavor.frontMatterText(oneLine(value!)))}`);
  const shown = flavor.shown.filter((part) => part !== "date" || isDated);
  return { text: ["---", ...lines, "math: true", "---"].join("\n"), shown: new Set(shown) };
}

/** A double-quoted scalar: JSON's escapes are YAML's too, and what is not printable is escaped besides. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`,
  );
}
