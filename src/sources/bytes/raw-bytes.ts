import { createReadStream, type BigIntStats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

import { SourceError } from "../../core/index.ts";
import { printableLocation } from "../printable-name.ts";
import type { ByteStream } from "./peek.ts";

/** Rows of 200 bytes come in batches of about 1,000 from it; larger chunks gain nothing. */
const CHUNK_BYTES = 262_144;

/** Where the bytes of a source come from, as they are stored. */
export interface RawBytes {
  /** Whether they can be read again, and from any byte on. */
  readonly replayable: boolean;
  /** @throws {SourceError} SOURCE_UNREADABLE, SOURCE_CHANGED_WHILE_READ when reading */
  open(fromByte: number): ByteStream;
}

/** The bytes of a file; every reading of it sees the same file or fails. */
export class FileBytes implements RawBytes {
  readonly replayable = true;
  readonly #path: string;
  #identity: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async *open(fromByte: number): AsyncGenerator<Buffer> {
    const handle = await open(this.#path).catch((error: unknown) => {
      throw unreadableSource(this.#path, error);
    });
    try {
      await this.#assertSame(handle);
      for (let position = fromByte; ;) {
        const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        yield chunk.subarray(0, bytesRead);
      }
      await this.#assertSame(handle);
    } catch (error) {
      throw unreadableSource(this.#path, error);
    } finally {
      await handle.close();
    }
  }

  async #assertSame(handle: FileHandle): Promise<void> {
    const found = identityOf(await handle.stat({ bigint: true }));
    this.#identity ??= found;
    if (this.#identity === found) return;
    throw new SourceError({
      code: "SOURCE_CHANGED_WHILE_READ",
      message: `${printableLocation(this.#path)} was changed while it was read.`,
      hint: "Wait until the export has finished writing it, then run the same command again.",
    });
  }
}

function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}

/** The bytes of a pipe: standard input, or a path that is no regular file. Read once. */
export class PipeBytes implements RawBytes {
  readonly replayable = false;
  readonly #location: string;
  readonly #pipe: () => AsyncIterable<unknown>;

  constructor(location: string, pipe?: AsyncIterable<unknown>) {
    this.#location = location;
    this.#pipe = () => pipe ?? createReadStream(location);
  }

  async *open(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#pipe()) {
        if (chunk instanceof Uint8Array) {
          yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        } else {
          yield Buffer.from(String(chunk));
        }
      }
    } catch (error) {
      throw unreadableSource(this.#location, error);
    }
  }
}

/** What the system says about a file that can't be read, as an error of ours. */
export function unreadableSource(location: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const name = printableLocation(location);
  const parts = WORDS[code] ?? {
    message: `can't be read${code === "" ? "" : ` (${code})`}.`,
    hint: "Check the disk or the program that the bytes come from.",
  };
  return new SourceError({
    code: "SOURCE_UNREADABLE",
    message: `${name} ${parts.message}`,
    hint: parts.hint,
    cause: error,
  });
}

const PERMISSION = {
  message: "must not be read by this user.",
  hint: "Give the user who runs okta-migrate the right to read it.",
};
const CUT_SHORT = {
  message: "ends in the middle of its gzip data: it was cut short.",
  hint: "Copy or export the file again.",
};
const WORDS: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  ENOENT: { message: "does not exist.", hint: "Check the path of the source." },
  ENOTDIR: { message: "does not exist.", hint: "Check the path of the source." },
  EISDIR: { message: "is a folder.", hint: "Name the file in it that holds the users." },
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  Z_BUF_ERROR: CUT_SHORT,
  Z_DATA_ERROR: {
    message: "holds broken gzip data.",
    hint: "Copy or export the file again; `gzip -t` tells whether it is whole.",
  },
};
