import type { PasswordHash } from "../../../core/index.ts";
import type { StoredHash } from "../../../passwords/formats/index.ts";

/** What Okta is told of a hash, less salt and value. */
export type OktaOutline = Readonly<Record<string, string | number>>;

/** Names what may be shown, one by one: a property that is new to a hash is not shown. */
export function outlineOf(hash: PasswordHash): OktaOutline {
  const { algorithm } = hash;
  switch (algorithm) {
    case "BCRYPT":
      return { algorithm, workFactor: hash.workFactor };
    case "PBKDF2": {
      const { digestAlgorithm, iterationCount, keySize } = hash;
      return { algorithm, digestAlgorithm, iterationCount, keySize };
    }
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5":
      return hash.saltOrder === undefined
        ? { algorithm }
        : { algorithm, saltOrder: hash.saltOrder };
  }
}

/** Where the salt stands, of hashes for which that is a choice. */
export function saltOrderOf({ computation }: StoredHash): "PREFIX" | "POSTFIX" | undefined {
  const opened = computation.reveal();
  if (opened.kind !== "digest" || opened.salted === "none") return undefined;
  return opened.salted === "prefix" ? "PREFIX" : "POSTFIX";
}
