// XML from its parts: elements by name, texts as character data that no text can leave.
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

export function element(
  name: string,
  content: string | number | readonly XmlElement[],
  attributes?: Readonly<Record<string, string>>,
): XmlElement {
  return {
    name,
    content: typeof content === "number" ? String(content) : content,
    ...(attributes && { attributes }),
  };
}

/** A whole file; the declaration opens its very first line. */
export function xmlFile(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root, "")}\n`;
}

function xml({ name, attributes = {}, content }: XmlElement, indent: string): string {
  const opening = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${xmlText(value)}"`),
  ].join(" ");
  if (typeof content === "string") return `${indent}<${opening}>${xmlText(content)}</${name}>`;
  const inner = content.map((child) => xml(child, `${indent}  `)).join("\n");
  return `${indent}<${opening}>\n${inner}\n${indent}</${name}>`;
}

/** No character of the text is markup; those that XML 1.0 has no place for (section 2.2) are left out. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (character) => escapes[character]!);
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
