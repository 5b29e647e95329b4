import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import {
  encodingOf,
  type Charset,
  type Encoding,
  type Transcoder,
  UTF_16_BE,
  UTF_16_LE,
  UTF_8,
} from "./charset.ts";
import { type ByteStream, peek, withoutFirst } from "./peek.ts";
import { unreadableSource } from "./raw-bytes.ts";

const INFLATED_CHUNK_BYTES = 262_144;

/** The bytes of a source, unpacked and in a form that scanners can see. */
export interface DecodedBytes {
  readonly bytes: ByteStream;
  readonly charset: Charset;
  readonly compressed: boolean;
  /** Whether the bytes are those of the file but for `markBytes` at its start. */
  readonly verbatim: boolean;
  /** Length of the byte order mark that was dropped. */
  readonly markBytes: number;
}

/**
 * Unpacks gzip and finds the encoding: a byte order mark decides, then the name given, then
 * whether the first two characters look like UTF-16, else it is UTF-8.
 *
 * @throws {ConfigError} OPTION_INVALID when there is no encoding of that name
 * @throws {SourceError} SOURCE_UNREADABLE when the bytes can't be read or unpacked
 */
export async function decodeBytes(
  raw: ByteStream,
  encodingName: string | undefined,
  location: string,
): Promise<DecodedBytes> {
  const named = encodingName === undefined ? undefined : encodingOf(encodingName);
  const stored = await peek(raw, 2);
  const compressed = stored.prefix[0] === 0x1f && stored.prefix[1] === 0x8b;
  const plain = await peek(compressed ? inflate(stored.bytes, location) : stored.bytes, 4);
  const mark = byteOrderMark(plain.prefix);
  const encoding = mark?.encoding ?? named ?? guess(plain.prefix);
  const markBytes = mark?.length ?? 0;
  const text = markBytes === 0 ? plain.bytes : withoutFirst(plain.bytes, markBytes);
  const { charset, transcoder } = encoding;
  return {
    bytes: transcoder === undefined ? text : transcode(text, transcoder()),
    charset,
    compressed,
    verbatim: !compressed && transcoder === undefined,
    markBytes,
  };
}

function byteOrderMark(prefix: Buffer): { encoding: Encoding; length: number } | undefined {
  const hex = prefix.toString("hex", 0, 4);
  if (hex.startsWith("efbbbf")) return { encoding: UTF_8, length: 3 };
  if (hex === "fffe0000") return { encoding: encodingOf("utf-32le"), length: 4 };
  if (hex === "0000feff") return { encoding: encodingOf("utf-32be"), length: 4 };
  if (hex.startsWith("fffe")) return { encoding: UTF_16_LE, length: 2 };
  if (hex.startsWith("feff")) return { encoding: UTF_16_BE, length: 2 };
  return undefined;
}

/** Two ASCII characters in UTF-16 have NUL bytes on one side; no other text begins so. */
function guess(prefix: Buffer): Encoding {
  const nulls = prefix
    .subarray(0, 4)
    .map((byte) => (byte === 0 ? 1 : 0))
    .join("");
  if (nulls === "0101") return UTF_16_LE;
  if (nulls === "1010") return UTF_16_BE;
  return UTF_8;
}

async function* inflate(packed: ByteStream, location: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: INFLATED_CHUNK_BYTES });
  /** An error of either side destroys `gunzip` with it, and so reaches the loop below. */
  pipeline(Readable.from(packed), gunzip, () => {});
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw unreadableSource(location, error);
  }
}

async function* transcode(text: ByteStream, transcoder: Transcoder): AsyncGenerator<Buffer> {
  for await (const chunk of text) {
    const part = transcoder.write(chunk);
    if (part !== "") yield Buffer.from(part);
  }
  const last = transcoder.end();
  if (last !== "") yield Buffer.from(last);
}
