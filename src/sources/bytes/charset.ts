import { isUtf8 } from "node:buffer";

import iconv from "iconv-lite";

import { ConfigError } from "../../core/index.ts";
import { printableName } from "../printable-name.ts";

const REPLACEMENT = "\u{fffd}";

/** How the bytes that scanners see become text. All of them keep ASCII as it is. */
export interface Charset {
  /** Name for people, such as `UTF-8`. */
  readonly label: string;
  readonly decode: (bytes: Buffer, from: number, to: number) => string;
  /** Whether the bytes that gave `text` are well-formed. */
  readonly isSound: (text: string, bytes: Buffer, from: number, to: number) => boolean;
}

/** An encoding, and how to get from it to bytes that scanners can see. */
export interface Encoding {
  readonly charset: Charset;
  /** Present when the bytes must be rewritten as UTF-8 before they are scanned. */
  readonly transcoder?: () => Transcoder;
}

/** Text of an encoding as it arrives; what is malformed becomes U+FFFD. */
export interface Transcoder {
  write(chunk: Buffer): string;
  end(): string;
}

/** UTF-8 as it stands in the file. */
export const UTF_8: Encoding = {
  charset: {
    label: "UTF-8",
    decode: (bytes, from, to) => bytes.toString("utf8", from, to),
    isSound: (text, bytes, from, to) =>
      !text.includes(REPLACEMENT) || isUtf8(bytes.subarray(from, to)),
  },
};

/** UTF-16 with the lower byte first, as Windows writes it. */
export const UTF_16_LE = transcoded("UTF-16LE", () => textDecoder("utf-16le"));
/** UTF-16 with the higher byte first. */
export const UTF_16_BE = transcoded("UTF-16BE", () => textDecoder("utf-16be"));

/**
 * The encoding of a name, in any spelling that iconv knows; `latin1` and `ascii` mean windows-1252,
 * which holds them.
 *
 * @throws {ConfigError} OPTION_INVALID when there is no such encoding
 */
export function encodingOf(name: string): Encoding {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  switch (plain) {
    case "utf8":
      return UTF_8;
    case "utf16":
    case "utf16le":
    case "ucs2":
      return UTF_16_LE;
    case "utf16be":
      return UTF_16_BE;
    case "latin1":
    case "iso88591":
    case "ascii":
    case "usascii":
    case "cp1252":
    case "windows1252":
      return singleByte("windows-1252", "windows-1252");
    default:
      if (/^(base64|hex|binary|utf7.*|)$/.test(plain) || !iconv.encodingExists(name)) {
        throw new ConfigError({
          code: "OPTION_INVALID",
          at: "--encoding",
          message: `There is no text encoding called "${printableName(name)}".`,
          hint: "Use utf8, utf16le, utf16be, latin1 or another name such as windows-1250 or shift_jis.",
        });
      }
      return isSingleByte(name) ? singleByte(name, name) : viaIconv(name);
  }
}

/** Whether every byte is one character, and those below 128 are ASCII. */
function isSingleByte(name: string): boolean {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const text = iconv.decode(bytes, name);
  return text.length === 256 && text.slice(0, 128) === bytes.toString("latin1", 0, 128);
}

function singleByte(label: string, name: string): Encoding {
  const upper = iconv.decode(Buffer.from(Array.from({ length: 128 }, (_, at) => at + 128)), name);
  return {
    charset: {
      label,
      decode: (bytes, from, to) =>
        bytes
          .toString("latin1", from, to)
          .replaceAll(/[\u0080-\u00ff]/g, (byte) => upper.charAt(byte.charCodeAt(0) - 128)),
      isSound: (text) => !text.includes(REPLACEMENT),
    },
  };
}

function viaIconv(name: string): Encoding {
  return transcoded(name, () => {
    const decoder = iconv.getDecoder(name);
    return { write: (chunk) => decoder.write(chunk), end: () => decoder.end() ?? "" };
  });
}

function transcoded(label: string, transcoder: () => Transcoder): Encoding {
  return {
    charset: {
      label,
      decode: UTF_8.charset.decode,
      isSound: (text) => !text.includes(REPLACEMENT),
    },
    transcoder,
  };
}

function textDecoder(name: string): Transcoder {
  const decoder = new TextDecoder(name, { ignoreBOM: true });
  return {
    write: (chunk) => decoder.decode(chunk, { stream: true }),
    end: () => decoder.decode(),
  };
}
