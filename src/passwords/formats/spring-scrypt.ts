import { decodePaddedBase64, encodeBase64 } from "./bytes.ts";
import type { Computation, ScryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkScrypt } from "./scrypt-limits.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const OPENING = /^(?:\{scrypt(?:@\w{1,40})?\}\$|\$s0\$|\$(?=[1-9a-f][0-9a-f]{4,5}\$))/;
/** N as its logarithm, r and p, one behind the other in hexadecimal. */
const PARTS =
  /^([1-9a-f][0-9a-f]?)([0-9a-f]{2})([0-9a-f]{2})\$([A-Za-z0-9+/]{1,350}={0,2})\$([A-Za-z0-9+/]{1,100}={0,2})$/;

/** Scrypt as Spring Security and Java's SCryptUtil write it. */
export const springScrypt = textFormat({
  name: "spring-scrypt",
  title: "Spring's scrypt",
  writtenBy: "Spring Security's SCryptPasswordEncoder; $s0$: Java's SCryptUtil",
  looksLike: "{scrypt}$e0801$<salt>$<key>, $e0801$… or $s0$e0801$…",
  notCarried: "it has no scrypt",
  opening: OPENING,
  parse,
  print,
});

function parse(text: string): ScryptComputation | Fault {
  const parts = PARTS.exec(text.replace(OPENING, ""));
  const salt = decodePaddedBase64(parts?.[4] ?? "");
  const key = decodePaddedBase64(parts?.[5] ?? "");
  if (parts === null || salt === undefined || key === undefined) {
    return malformed("is Spring's scrypt with a part missing or damaged");
  }
  return checkScrypt({
    cost: 2 ** Number.parseInt(parts[1] ?? "", 16),
    blockSize: Number.parseInt(parts[2] ?? "", 16),
    parallelization: Number.parseInt(parts[3] ?? "", 16),
    salt,
    key,
  });
}

function print(computation: Computation): string | undefined {
  if (computation.kind !== "scrypt" || computation.preparation.length > 0) return undefined;
  const { cost, blockSize, parallelization, salt, key } = computation;
  if (blockSize > 255 || parallelization > 255 || salt.length === 0) return undefined;
  const settings = (Math.log2(cost) * 0x1_0000 + blockSize * 0x100 + parallelization).toString(16);
  return `{scrypt}$${settings}$${encodeBase64(salt)}$${encodeBase64(key)}`;
}
