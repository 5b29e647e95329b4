import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Computation, ScryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkScrypt } from "./scrypt-limits.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const PARTS =
  /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d{0,2}),p=([1-9]\d?)\$([A-Za-z0-9+/]{0,350})\$([A-Za-z0-9+/]{1,100})$/;

/** Scrypt as passlib and the PHC string format write it. */
export const scrypt = textFormat({
  name: "scrypt",
  title: "scrypt",
  writtenBy: "passlib and others in the PHC string format",
  looksLike: "$scrypt$ln=16,r=8,p=1$<salt>$<key>",
  notCarried: "it has no scrypt",
  opening: /^\$scrypt\$/,
  parse,
  print,
});

function parse(text: string): ScryptComputation | Fault {
  const parts = PARTS.exec(text);
  const salt = decodeBase64(parts?.[4] ?? "");
  const key = decodeBase64(parts?.[5] ?? "");
  if (parts === null || salt === undefined || key === undefined) {
    return malformed("is scrypt with a part missing or damaged");
  }
  return checkScrypt({
    cost: 2 ** Number(parts[1]),
    blockSize: Number(parts[2]),
    parallelization: Number(parts[3]),
    salt,
    key,
  });
}

function print(computation: Computation): string | undefined {
  if (computation.kind !== "scrypt" || computation.preparation.length > 0) return undefined;
  const { cost, blockSize, parallelization } = computation;
  const salt = encodeBase64(computation.salt, { padded: false });
  const key = encodeBase64(computation.key, { padded: false });
  return `$scrypt$ln=${Math.log2(cost)},r=${blockSize},p=${parallelization}$${salt}$${key}`;
}
