// What every document writer is handed, and what it gives.
import type { DerivationDocument, PictureBlock } from "../derivation/document.ts";
import type { Allowances } from "../limits.ts";
import type { FlavorName, PictureKind } from "./markdown-flavors.ts";
import type { Paper } from "./pdf/paper.ts";
import type { PdfStandard } from "./pdf/standards.ts";
import type { Printing } from "./print/scope.ts";

/** The part of a request's `render` that a writer looks at. */
export interface RenderOptions {
  /** HTML to paste into a page, instead of a page. */
  readonly fragment?: boolean;
  /** Which Markdown. */
  readonly flavor?: FlavorName;
  /** Markdown that opens with what a site generator reads before the page. */
  readonly frontMatter?: boolean;
  /** How Markdown shows pictures; absent: as the flavour's processor does by itself. */
  readonly pictures?: PictureKind;
  /** Where the SVG of a picture can be found by the readers of the document, if anywhere. */
  readonly pictureAddress?: (block: PictureBlock) => string | undefined;
  /** The paper of a PDF, its font size in points, its columns, and which standard it keeps. */
  readonly paper?: Paper;
  readonly fontSize?: number;
  readonly columns?: number;
  readonly pdf?: PdfStandard;
  /** What the service allows of a document; absent: anything. */
  readonly allowances?: Allowances;
}

export type DocumentWriter = (
  document: DerivationDocument,
  printing: Printing,
  render: RenderOptions,
) => string;

const bylineParts = ["author", "course", "date", "variant"] as const;

/** Author, course, date and variant, as far as they are given, without those that are shown elsewhere. */
export function byline(
  document: DerivationDocument,
  shown: ReadonlySet<unknown> = new Set(),
): readonly string[] {
  return bylineParts.flatMap((part) => {
    const text = document[part];
    return text === undefined || text === "" || shown.has(part) ? [] : [text];
  });
}
