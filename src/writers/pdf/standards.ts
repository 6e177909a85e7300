// What a PDF promises: accessible (ISO 14289-1), archived and accessible (ISO 19005-2, level A), or neither.

/** By the value of `render.pdf`, as Typst calls them. */
export const pdfStandards = { ua: "ua-1", a: "a-2a", plain: "1.7" } as const;

export type PdfStandard = keyof typeof pdfStandards;

export const pdfStandardNames = Object.keys(pdfStandards) as PdfStandard[];
