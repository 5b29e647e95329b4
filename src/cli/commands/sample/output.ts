import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { ConfigError } from "../../../core/index.ts";

/** Text on its way out, gathered into large writes, at the pace of whoever takes it. */
export interface Output {
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Writes what is left. A file is closed; a stream is not. */
  close(): Promise<void>;
  /** Whether the reader went away, so that the rest need not be made. */
  readonly abandoned: boolean;
}

const CHUNK_CHARACTERS = 64 * 1024;

/** Twice as fast as the usual level, for a tenth more bytes. */
const GZIP_LEVEL = 3;

/**
 * Opens a file for its owner only, replacing what it held; compressed where its name ends in `.gz`.
 *
 * @throws {ConfigError} OPTION_INVALID when it can't be written, now or later
 */
export async function openFileOutput(path: string, at: string): Promise<Output> {
  const file = await open(path, "w", 0o600).catch((error: unknown) => {
    throw unwritable(at, error);
  });
  // A file that was there keeps its mode otherwise; a device or a pipe keeps it anyway.
  if ((await file.stat()).isFile()) await file.chmod(0o600);
  if (/\.gz$/i.test(path)) return gather(compressed(file, at));
  return gather({
    send: async (text) => {
      await file.writeFile(text).catch((error: unknown) => {
        throw unwritable(at, error);
      });
    },
    end: () => file.close(),
    isAbandoned: () => false,
  });
}

function compressed(file: FileHandle, at: string): Drain {
  const gzip = createGzip({ level: GZIP_LEVEL });
  const written = pipeline(gzip, file.createWriteStream());
  // It is awaited at the end, and may fail long before.
  written.catch(() => undefined);
  return {
    send: async (text) => {
      try {
        if (!gzip.write(text)) await Promise.race([once(gzip, "drain"), written]);
      } catch (error) {
        throw unwritable(at, error);
      }
    },
    end: async () => {
      gzip.end();
      await written.catch((error: unknown) => {
        throw unwritable(at, error);
      });
    },
    isAbandoned: () => false,
  };
}

/** @param cause of the system, with its code */
function unwritable(at: string, cause: unknown): ConfigError {
  const { code } = cause as NodeJS.ErrnoException;
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `the file of ${at} can't be written${code === undefined ? "" : ` (${code})`}`,
    hint: "Name a file in a folder that exists, that you may write to and that has room.",
    cause,
  });
}

/**
 * Writes to a stream such as standard output. A reader that goes away, as `head` does, is no error;
 * anything else that happens to the stream rejects the next write.
 */
export function streamOutput(stream: Writable): Output {
  let abandoned = false;
  let trouble: Error | undefined;
  let wake: () => void = () => undefined;
  stream.on("drain", () => wake());
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") abandoned = true;
    else trouble = error;
    wake();
  });
  return gather({
    send: async (text) => {
      if (trouble !== undefined) throw trouble;
      if (abandoned || stream.write(text)) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
    end: () => Promise.resolve(),
    isAbandoned: () => abandoned,
  });
}

interface Drain {
  send(text: string): Promise<void>;
  end(): Promise<void>;
  isAbandoned(): boolean;
}

function gather(drain: Drain): Output {
  let held: string[] = [];
  let heldCharacters = 0;

  async function flush(): Promise<void> {
    const text = held.join("");
    held = [];
    heldCharacters = 0;
    if (text !== "") await drain.send(text);
  }

  return {
    async write(text) {
      held.push(text);
      heldCharacters += text.length;
      if (heldCharacters >= CHUNK_CHARACTERS) await flush();
    },
    async close() {
      await flush();
      await drain.end();
    },
    get abandoned() {
      return drain.isAbandoned();
    },
  };
}
