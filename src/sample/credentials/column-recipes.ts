import type { Computation, FormatName } from "../../passwords/formats/index.ts";
import { digest, hmac, pbkdf2, ROUNDS } from "./draw-computation.ts";
import { drawColumnSalt, drawText, hex, type Recipe, type StoredText, utf8 } from "./recipe.ts";

const BARE = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

type Digest = (typeof BARE)[number];

const SALT_BEFORE = { saltOrder: "prefix", saltEncoding: "text" } as const;

/** Recipes of hashes whose salt stands in a column of its own; nothing tells their format but a name. */
export const COLUMN_RECIPES = {
  md5: bare("md5"),
  sha1: bare("sha1"),
  sha224: bare("sha224"),
  sha256: bare("sha256"),
  sha384: bare("sha384"),
  sha512: bare("sha512"),
  "md5-of-md5": nested("md5", "md5"),
  "md5-of-sha1": nested("md5", "sha1"),
  "sha1-of-md5": nested("sha1", "md5"),
  "sha1-of-sha1": nested("sha1", "sha1"),
  "sha256-of-md5": nested("sha256", "md5"),
  "sha256-of-sha1": nested("sha256", "sha1"),
  "sha256-of-sha256": nested("sha256", "sha256"),
  "sha512-of-md5": nested("sha512", "md5"),
  "sha512-of-sha512": nested("sha512", "sha512"),
  "hmac-md5": { draw: hmac("md5", drawColumnSalt), ...inColumns(SALT_BEFORE) },
  "hmac-sha1": { draw: hmac("sha1", drawColumnSalt), ...inColumns(SALT_BEFORE) },
  "hmac-sha256": { draw: hmac("sha256", drawColumnSalt), ...inColumns(SALT_BEFORE) },
  "hmac-sha512": { draw: hmac("sha512", drawColumnSalt), ...inColumns(SALT_BEFORE) },
  "bare-pbkdf2-sha1": derived("sha1"),
  "bare-pbkdf2-sha256": derived("sha256"),
  "bare-pbkdf2-sha512": derived("sha512"),
  "postgres-md5": {
    // The salt is the name of a role in the database.
    draw: digest("md5", { postfix: (random) => utf8(`role_${drawText(random, 8)}`) }),
    write: (computation) => {
      const { hash, salt = "" } = writeColumns(computation);
      return { hash: `md5${hash}`, salt };
    },
  },
} as const satisfies Partial<Record<FormatName, Recipe>>;

/** A digest of the password alone, as old systems have it; undefined for other formats. */
export function unsaltedRecipe(format: FormatName): Recipe | undefined {
  const name = BARE.find((one) => one === format);
  return name === undefined ? undefined : { draw: digest(name), write: writeUnsalted };
}

function writeUnsalted(computation: Computation): StoredText {
  return { hash: writeColumns(computation).hash };
}

/** A digest of salt and password. */
function bare(name: Digest): Recipe {
  return { draw: digest(name, { prefix: drawColumnSalt }), ...inColumns(SALT_BEFORE) };
}

/** A digest of salt and the hexadecimal digest of the password. */
function nested(outer: Digest, inner: Digest): Recipe {
  const preparation = [{ step: "digest", digest: inner, encoding: "hex" }] as const;
  return {
    draw: digest(outer, { prefix: drawColumnSalt, preparation }),
    ...inColumns(SALT_BEFORE),
  };
}

function derived(name: Digest): Recipe {
  return {
    draw: pbkdf2(name, drawColumnSalt),
    ...inColumns({ saltEncoding: "text", rounds: ROUNDS }),
  };
}

function inColumns(settings: Recipe["settings"] & object): Pick<Recipe, "write"> & {
  readonly settings: NonNullable<Recipe["settings"]>;
} {
  return { write: writeColumns, settings };
}

function writeColumns(computation: Computation): StoredText {
  switch (computation.kind) {
    case "digest":
    case "hmac":
      return { hash: hex(computation.value), salt: asText(computation.salt) };
    case "pbkdf2":
      return { hash: hex(computation.key), salt: asText(computation.salt) };
    case "argon2":
    case "bcrypt":
    case "crypt":
    case "firebase-scrypt":
    case "phpass":
    case "scrypt":
      return { hash: "" };
  }
}

function asText(salt: Uint8Array): string {
  return new TextDecoder().decode(salt);
}
