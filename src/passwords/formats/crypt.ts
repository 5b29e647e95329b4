import type { Computation, CryptComputation } from "./computation.ts";
import { malformed, unsupported } from "./faults.ts";
import type { Fault, StoredFormat } from "./stored-format.ts";
import { type TextFormat, textFormat } from "./text-format.ts";

const MAX_ROUNDS = 10_000_000;
const MIN_ROUNDS = 1000;

/*
 * The last character of a value carries the bits that are left, and no encoder sets the others: a
 * text that was cut, or changed there, is known by it. Salts are printable characters but `$` and `:`.
 */

/** `$1$`. */
export const md5Crypt = crypt(
  {
    name: "md5-crypt",
    title: "MD5 crypt",
    writtenBy: "old Linux and BSD systems, Cisco IOS",
    looksLike: "$1$<salt>$<22 characters>",
    opening: /^\$1\$/,
  },
  {
    scheme: "md5",
    whole: /^\$1\$[!-#%-9;-~]{0,8}\$[./0-9A-Za-z]{21}[./01]$/,
  },
);

/** `$apr1$`. */
export const apr1 = crypt(
  {
    name: "apr1",
    title: "Apache's MD5 crypt",
    writtenBy: "Apache's htpasswd",
    looksLike: "$apr1$<salt>$<22 characters>",
    opening: /^\$apr1\$/,
  },
  {
    scheme: "apr1",
    whole: /^\$apr1\$[!-#%-9;-~]{0,8}\$[./0-9A-Za-z]{21}[./01]$/,
  },
);

/** `$5$`. */
export const sha256Crypt = crypt(
  {
    name: "sha256-crypt",
    title: "SHA-256 crypt",
    writtenBy: "Linux",
    looksLike: "$5$rounds=5000$<salt>$<43 characters>",
    opening: /^\$5\$/,
  },
  {
    scheme: "sha256",
    whole: /^\$5\$(?:rounds=([1-9]\d{3,8})\$)?[!-#%-9;-~]{0,16}\$[./0-9A-Za-z]{42}[./0-9A-D]$/,
  },
);

/** `$6$`. */
export const sha512Crypt = crypt(
  {
    name: "sha512-crypt",
    title: "SHA-512 crypt",
    writtenBy: "Linux",
    looksLike: "$6$rounds=5000$<salt>$<86 characters>",
    opening: /^\$6\$/,
  },
  {
    scheme: "sha512",
    whole: /^\$6\$(?:rounds=([1-9]\d{3,8})\$)?[!-#%-9;-~]{0,16}\$[./0-9A-Za-z]{85}[./01]$/,
  },
);

/**
 * `$y$`, with the settings that libxcrypt writes: N up to 2^18 and r up to 32, which is 1 GiB at
 * the most. `$gy$` is another computation.
 */
export const yescrypt = crypt(
  {
    name: "yescrypt",
    title: "yescrypt",
    writtenBy: "Debian, Ubuntu, Fedora and other Linux systems since 2021",
    looksLike: "$y$j9T$<salt>$<43 characters>",
    opening: /^\$g?y\$/,
  },
  {
    scheme: "yescrypt",
    whole: /^\$y\$j[./0-9A-F][./0-9A-T]\$[./0-9A-Za-z]{0,86}\$[./0-9A-Za-z]{42}[./0-9A-D]$/,
  },
);

/** The formats that `{CRYPT}` can hold, besides bcrypt. */
export const CRYPT_FORMATS = [md5Crypt, apr1, sha256Crypt, sha512Crypt, yescrypt] as const;

/** What a text of a scheme must be. */
interface CryptText {
  readonly scheme: CryptComputation["scheme"];
  /** A sound text; its first group is the number of rounds. */
  readonly whole: RegExp;
}

function crypt<Name extends string>(
  told: Pick<TextFormat<Name>, "name" | "title" | "writtenBy" | "looksLike" | "opening">,
  sound: CryptText,
): StoredFormat<Name> {
  return textFormat({
    ...told,
    notCarried: "it has no crypt(3)",
    parse: (text) => parseCrypt(text, told.title, sound),
    print: (computation: Computation) =>
      computation.kind === "crypt" &&
      computation.scheme === sound.scheme &&
      computation.preparation.length === 0
        ? computation.text
        : undefined,
  });
}

function parseCrypt(
  text: string,
  title: string,
  { scheme, whole }: CryptText,
): CryptComputation | Fault {
  if (text.startsWith("$gy$")) {
    return unsupported("is gost-yescrypt, which other systems can't check");
  }
  const parts = whole.exec(text);
  if (parts === null) return malformed(`is ${title} with a part missing or damaged`);
  const rounds = parts[1] === undefined ? MIN_ROUNDS : Number(parts[1]);
  if (rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) {
    return malformed(`is ${title} whose number of rounds is beyond reason`);
  }
  return { kind: "crypt", preparation: [], scheme, text };
}
