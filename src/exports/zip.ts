// Files as a ZIP archive, written while they are made: only the one in hand is kept in memory. The same files give the
// same bytes: every entry has the first date that the format knows, whatever the time zone.
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";

export interface NamedFile {
  /** With slashes between folders. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Texts as files. */
export async function* folderFiles(
  files: readonly { readonly path: string; readonly text: string }[],
): AsyncGenerator<NamedFile> {
  for (const { path, text } of files) yield { path, bytes: Buffer.from(text) };
}

/** As written to the headers of a DOS file, which have no time zone. */
const timestamp = new Date(1980, 0, 1);

/** Not executable, and readable by all. */
const mode = 0o100644;

/** Where making a file fails, the stream is destroyed with the error. */
export function zipped(files: AsyncIterable<NamedFile>): Readable {
  const archive = new ZipFile();
  const output = Readable.from(archive.outputStream, { objectMode: false });
  fill(archive, files, output).catch((error: Error) => output.destroy(error));
  return output;
}

async function fill(archive: ZipFile, files: AsyncIterable<NamedFile>, output: Readable): Promise<void> {
  for await (const { path, bytes } of files) {
    if (output.destroyed) return;
    // The archive keeps every stream to its end: this one lets go of the bytes once they are read.
    const content = new PassThrough();
    const read = once(content, "end");
    archive.addReadStream(content, path, { mtime: timestamp, forceDosTimestamp: true, mode });
    content.end(bytes);
    await read;
  }
  archive.end();
}
