// Words inside a PNG file: iTXt chunks (PNG Specification, third edition, section 11.3.3.4), for those who do not see it.

/** The signature and the chunk IHDR, which comes first: 8 + 4 + 4 + 13 + 4 bytes. */
const headerLength = 33;

/** The file with its title and description; each keyword is one of those that the specification names. */
export function withText(
  png: Buffer,
  texts: Readonly<Record<"Title" | "Description", string>>,
  language: string,
): Buffer {
  const chunks = Object.entries(texts).map(([keyword, text]) =>
    chunk("iTXt", Buffer.from(`${keyword}\0\0\0${language}\0\0${text.replaceAll("\0", " ")}`)),
  );
  return Buffer.concat([png.subarray(0, headerLength), ...chunks, png.subarray(headerLength)]);
}

/** Length, type, content, and the checksum of type and content. */
function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  return Buffer.concat([word(content.length), body, word(checksum(body))]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** CRC-32 as in the specification's annex D, bit by bit: the texts are short. */
function checksum(bytes: Buffer): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit += 1) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return ~register >>> 0;
}
