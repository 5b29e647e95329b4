import type { Computation, FormatName } from "../../passwords/formats/index.ts";
import { bytes, digest, pbkdf2, text } from "./draw-computation.ts";
import { base64, hex, type Recipe, type StoredText } from "./recipe.ts";

type Pbkdf2 = Extract<Computation, { readonly kind: "pbkdf2" }>;
type Salted = Extract<Computation, { readonly kind: "digest" }>;

/** Recipes of hashes that are JSON objects; a table holds them as text. */
export const OBJECT_RECIPES = {
  okta: objects(digest("sha512", { prefix: bytes(16) }), ({ salt, value }: Salted) => ({
    algorithm: "SHA-512",
    salt: base64(salt),
    saltOrder: "PREFIX",
    value: base64(value),
  })),
  keycloak: objects(pbkdf2("sha256", bytes(16)), ({ salt, key, rounds }: Pbkdf2) => ({
    type: "password",
    secretData: JSON.stringify({ value: base64(key), salt: base64(salt) }),
    credentialData: JSON.stringify({ hashIterations: rounds, algorithm: "pbkdf2-sha256" }),
  })),
  fusionauth: objects(pbkdf2("sha256", bytes(32)), ({ salt, key, rounds }: Pbkdf2) => ({
    encryptionScheme: "salted-pbkdf2-hmac-sha256",
    factor: rounds,
    salt: base64(salt),
    password: base64(key),
  })),
  auth0: objects(digest("sha256", { prefix: text(12) }), ({ salt, value }: Salted) => ({
    algorithm: "sha256",
    hash: { value: hex(value), encoding: "hex" },
    salt: { value: new TextDecoder().decode(salt), position: "prefix" },
  })),
} as const satisfies Partial<Record<FormatName, Recipe>>;

function objects<C extends Computation>(
  draw: (random: Parameters<Recipe["draw"]>[0]) => C,
  toObject: (computation: C) => unknown,
): Recipe {
  return {
    draw,
    // What was drawn comes back with its result, of the same kind.
    write: (computation): StoredText => ({ hash: JSON.stringify(toObject(computation as C)) }),
  };
}
