// What every document writer is handed, and what it gives.
import type { DerivationDocument } from "../derivation/document.ts";
import type { Printing } from "./print/scope.ts";

/** The part of a request's `render` that a writer looks at. */
export interface RenderOptions {
  /** HTML to paste into a page, instead of a page. */
  readonly fragment?: boolean;
}

export type DocumentWriter = (
  document: DerivationDocument,
  printing: Printing,
  render: RenderOptions,
) => string;

/** Author, course and date, as far as they are given. */
export function byline({ author, course, date }: DerivationDocument): readonly string[] {
  return [author, course, date].filter((part) => part !== undefined && part !== "") as string[];
}
