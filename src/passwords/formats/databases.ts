import { concat, decodeHex, encodeHex } from "./bytes.ts";
import type { Computation, Digest, DigestComputation } from "./computation.ts";
import { composeDigest } from "./digest-readings.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { readSaltColumn } from "./salt-column.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const NO_SALT = new Uint8Array();
const MSSQL = /^0x0[12]00[0-9a-f]+$/i;
const MSSQL_SALT_BYTES = 4;

/** MySQL's and MariaDB's native password: SHA-1 of the raw SHA-1. */
export const mysql = textFormat({
  name: "mysql",
  title: "MySQL's native password",
  writtenBy: "MySQL 4.1 to 8, MariaDB",
  looksLike: "*<40 hexadecimal digits>",
  notCarried: "it has 2 rounds, and Okta takes one",
  opening: /^\*(?=[0-9A-Fa-f]{8})/,
  parse: (text) => {
    const value = decodeHex(text.slice(1));
    if (value?.length !== DIGEST_SIZES.sha1) {
      return malformed("is MySQL's without its 40 hexadecimal digits");
    }
    return { ...plain("sha1", value), salted: "none", salt: NO_SALT, rounds: 2 };
  },
  print: (computation) =>
    computation.kind === "digest" &&
    computation.digest === "sha1" &&
    computation.preparation.length === 0 &&
    computation.salted === "none" &&
    computation.rounds === 2
      ? `*${encodeHex(computation.value).toUpperCase()}`
      : undefined,
});

/** PostgreSQL's `md5`: the user's name is the salt, behind the password. */
export const postgresMd5: StoredFormat<"postgres-md5"> = {
  name: "postgres-md5",
  title: "PostgreSQL's md5",
  writtenBy: "PostgreSQL before 14",
  looksLike: "md5<32 hexadecimal digits>; the user's name as its salt",
  recognises: (value) => typeof value === "string" && /^md5[0-9a-f]{8}/.test(value),
  read: (value, beside) => {
    const bytes = typeof value === "string" ? decodeHex(value.slice(3)) : undefined;
    if (bytes?.length !== DIGEST_SIZES.md5) {
      return malformed("is PostgreSQL's md5 without its 32 hexadecimal digits");
    }
    const names = readSaltColumn({ ...beside, saltEncoding: "text" });
    if (isFault(names)) return names;
    const [name] = names;
    if (name === undefined) {
      return malformed("is PostgreSQL's md5, whose salt is the user's name; give it as the salt");
    }
    const salting = { salted: "postfix", salt: name.bytes } as const;
    const computation = composeDigest({ digest: "md5", value: bytes, salting }, beside);
    return isFault(computation) ? computation : [{ computation }];
  },
};

/** SQL Server's logins: a digest of the password as UTF-16 and four bytes of salt behind it. */
export const mssql: StoredFormat<"mssql"> = {
  name: "mssql",
  title: "SQL Server's login",
  writtenBy: "SQL Server 2005 (0x0100) and 2012 (0x0200) and newer",
  looksLike: "0x0200<8 hexadecimal digits of salt><128 of SHA-512>, or 0x0100… with SHA-1",
  notCarried: "the password is hashed as UTF-16, and Okta hashes UTF-8",
  recognises: (value) => typeof value === "string" && MSSQL.test(value) && !isBareDigest(value),
  read: (value) => {
    const text = typeof value === "string" ? value : "";
    const bytes = decodeHex(text.slice(6));
    const digest = text[3] === "1" ? "sha1" : "sha512";
    if (bytes?.length !== MSSQL_SALT_BYTES + DIGEST_SIZES[digest]) {
      return malformed("is SQL Server's with digits missing");
    }
    const salt = bytes.slice(0, MSSQL_SALT_BYTES);
    const digestBytes = bytes.slice(MSSQL_SALT_BYTES);
    const computation: Computation = {
      ...plain(digest, digestBytes),
      preparation: [{ step: "utf16le" }],
      salted: "postfix",
      salt,
      rounds: 1,
    };
    return [{ computation }];
  },
  write: writeMssql,
};

/** A digest behind `0x` can begin with the same digits. */
function isBareDigest(text: string): boolean {
  return Object.values(DIGEST_SIZES).includes(text.length / 2 - 1);
}

function plain(
  digest: Digest,
  value: Uint8Array,
): Pick<DigestComputation, "kind" | "preparation" | "digest" | "again" | "value"> {
  return { kind: "digest", preparation: [], digest, again: "digest", value };
}

function writeMssql(computation: Computation): string | undefined {
  if (computation.kind !== "digest") return undefined;
  const { preparation, digest, salted, salt, rounds, value } = computation;
  const isUtf16 = preparation.length === 1 && preparation[0]?.step === "utf16le";
  if (!isUtf16 || rounds !== 1 || salted !== "postfix") return undefined;
  if (salt.length !== MSSQL_SALT_BYTES || (digest !== "sha1" && digest !== "sha512")) {
    return undefined;
  }
  const version = digest === "sha1" ? "0100" : "0200";
  return `0x${version}${encodeHex(concat(salt, value)).toUpperCase()}`;
}
