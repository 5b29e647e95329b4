import type { Computation, PhpassComputation, PreparationStep } from "./computation.ts";
import { cryptCharacter, cryptDigit } from "./crypt-base64.ts";
import { malformed } from "./faults.ts";
import type { Fault, StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/** `$P$` and phpBB's `$H$`, which are one computation. */
export const phpass = stretched(
  {
    name: "phpass",
    title: "phpass",
    writtenBy: "WordPress before 6.8, phpBB 3, Joomla; U$P$: Drupal, over older MD5 hashes",
    looksLike: "$P$B<8 characters of salt><22 characters>, or $H$",
  },
  {
    digest: "md5",
    mark: "$P$",
    whole: /^(U?)\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{21}[./01])$/,
  },
);

/** Drupal's, which cuts the value to 43 characters. */
export const drupal = stretched(
  {
    name: "drupal",
    title: "Drupal 7",
    writtenBy: "Drupal 7 to 10.0; U$S$: over older MD5 hashes",
    looksLike: "$S$D<8 characters of salt><43 characters>",
  },
  {
    digest: "sha512",
    mark: "$S$",
    whole: /^(U?)\$S\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{43})$/,
  },
);

const MIN_LOG_ROUNDS = 7;
/** Phpass itself ends at 30, which takes a quarter of an hour. */
const MAX_LOG_ROUNDS = 24;
/** `U` in front: what was hashed is the MD5 that an older system had stored. */
const MD5_FIRST: PreparationStep = { step: "digest", digest: "md5", encoding: "hex" };

/** What tells the two apart. */
interface Stretch {
  readonly digest: PhpassComputation["digest"];
  readonly mark: "$P$" | "$S$";
  readonly whole: RegExp;
}

function stretched<Name extends string>(
  told: Pick<StoredFormat<Name>, "name" | "title" | "writtenBy" | "looksLike">,
  stretch: Stretch,
): StoredFormat<Name> {
  return textFormat({
    ...told,
    notCarried: "it has no phpass",
    opening: stretch.mark === "$P$" ? /^U?\$[PH]\$/ : /^U?\$S\$/,
    parse: (text) => parsePhpass(text, told.title, stretch),
    print: (computation) => printPhpass(computation, stretch),
  });
}

function parsePhpass(
  text: string,
  title: string,
  { digest, whole }: Stretch,
): PhpassComputation | Fault {
  const parts = whole.exec(text);
  if (parts === null) return malformed(`is ${title} with a part missing or damaged`);
  const [, prefix, count = "", salt = "", value = ""] = parts;
  const logRounds = cryptDigit(count);
  if (logRounds < MIN_LOG_ROUNDS || logRounds > MAX_LOG_ROUNDS) {
    return malformed(`is ${title} whose number of rounds is beyond reason`);
  }
  const preparation = prefix === "U" ? [MD5_FIRST] : [];
  return { kind: "phpass", preparation, digest, logRounds, salt, value };
}

function printPhpass(computation: Computation, { digest, mark }: Stretch): string | undefined {
  if (computation.kind !== "phpass" || computation.digest !== digest) return undefined;
  const { preparation, logRounds, salt, value } = computation;
  const [first] = preparation;
  const text = `${mark}${cryptCharacter(logRounds)}${salt}${value}`;
  if (first === undefined) return text;
  const isMd5 = first.step === "digest" && first.digest === "md5" && first.encoding === "hex";
  return preparation.length === 1 && isMd5 ? `U${text}` : undefined;
}
