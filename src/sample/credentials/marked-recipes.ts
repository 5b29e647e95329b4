import type { Computation, FormatName } from "../../passwords/formats/index.ts";
import {
  argon2,
  bcrypt,
  bytes,
  crypt,
  digest,
  hmac,
  pbkdf2,
  phpass,
  scrypt,
  text,
} from "./draw-computation.ts";
import { FEW_PAIRS, type Recipe, utf8 } from "./recipe.ts";

type Steps = Computation["preparation"];

const SHA256_HEX: Steps = [{ step: "digest", digest: "sha256", encoding: "hex" }];
const WORDPRESS: Steps = [
  { step: "trim" },
  { step: "hmac", digest: "sha384", key: utf8("wp-sha384"), encoding: "base64" },
];
const UTF16: Steps = [{ step: "utf16le" }];

/** Recipes of the formats that are one text, which their own writers write. */
export const MARKED_RECIPES = {
  bcrypt: { draw: bcrypt("2b"), pairs: 1000 },
  "marked-bcrypt": { draw: bcrypt("2a") },
  "django-bcrypt": { draw: bcrypt("2b") },
  "django-bcrypt-sha256": { draw: bcrypt("2b", () => SHA256_HEX) },
  "wordpress-bcrypt": { draw: bcrypt("2y", () => WORDPRESS) },
  "passlib-bcrypt-sha256": {
    draw: bcrypt("2b", (salt) => [
      { step: "hmac", digest: "sha256", key: utf8(salt), encoding: "base64" },
    ]),
  },
  "django-pbkdf2-sha256": { draw: pbkdf2("sha256", text(22)) },
  "django-pbkdf2-sha1": { draw: pbkdf2("sha1", text(22)) },
  "werkzeug-pbkdf2": { draw: pbkdf2("sha256", text(16)) },
  "passlib-pbkdf2-sha256": { draw: pbkdf2("sha256", bytes(16)) },
  "passlib-pbkdf2-sha512": { draw: pbkdf2("sha512", bytes(16)) },
  "passlib-pbkdf2-sha1": { draw: pbkdf2("sha1", bytes(16)) },
  "phc-pbkdf2": { draw: pbkdf2("sha512", bytes(16)) },
  "389ds-pbkdf2": { draw: pbkdf2("sha256", bytes(64), { keyBytes: 256 }), pairs: 64 },
  "ldap-pbkdf2-sha256": { draw: pbkdf2("sha256", bytes(16)) },
  "ldap-pbkdf2-sha512": { draw: pbkdf2("sha512", bytes(16)) },
  "ldap-pbkdf2-sha1": { draw: pbkdf2("sha1", bytes(16)) },
  "spring-pbkdf2-sha256": {
    draw: pbkdf2("sha256", bytes(16), { rounds: 310_000, keyBytes: 32 }),
    pairs: FEW_PAIRS,
  },
  "spring-pbkdf2-sha1": {
    draw: pbkdf2("sha1", bytes(8), { rounds: 185_000, keyBytes: 32 }),
    pairs: FEW_PAIRS,
  },
  "aspnet-identity-v3": { draw: pbkdf2("sha256", bytes(16), { rounds: 10_000 }), pairs: 64 },
  "aspnet-identity-v2": { draw: pbkdf2("sha1", bytes(16), { rounds: 1000, keyBytes: 32 }) },
  argon2id: { draw: argon2("id") },
  argon2i: { draw: argon2("i") },
  argon2d: { draw: argon2("d") },
  scrypt: { draw: scrypt(bytes(16), 32) },
  "werkzeug-scrypt": { draw: scrypt(text(16), 64) },
  "spring-scrypt": { draw: scrypt(bytes(16), 32) },
  "scrypt-crypt": { draw: scrypt(text(20), 32) },
  "md5-crypt": { draw: crypt("md5", "$1$", { saltLength: 8, valueLength: 22 }) },
  apr1: { draw: crypt("apr1", "$apr1$", { saltLength: 8, valueLength: 22 }) },
  "sha256-crypt": {
    draw: crypt("sha256", "$5$rounds=1000$", { saltLength: 16, valueLength: 43 }),
  },
  "sha512-crypt": {
    draw: crypt("sha512", "$6$rounds=1000$", { saltLength: 16, valueLength: 86 }),
  },
  yescrypt: { draw: crypt("yescrypt", "$y$j35$", { saltLength: 16, valueLength: 43 }) },
  phpass: { draw: phpass("md5", 22) },
  drupal: { draw: phpass("sha512", 43) },
  "ldap-crypt": {
    draw: crypt("sha512", "$6$rounds=1000$", { saltLength: 16, valueLength: 86 }),
  },
  "spring-sha256": { draw: digest("sha256", { prefix: bytes(8), rounds: 1024 }) },
  "ldap-sha": { draw: digest("sha1") },
  "ldap-ssha": { draw: digest("sha1", { postfix: bytes(8) }) },
  "ldap-sha256": { draw: digest("sha256") },
  "ldap-ssha256": { draw: digest("sha256", { postfix: bytes(8) }) },
  "ldap-sha384": { draw: digest("sha384") },
  "ldap-ssha384": { draw: digest("sha384", { postfix: bytes(8) }) },
  "ldap-sha512": { draw: digest("sha512") },
  "ldap-ssha512": { draw: digest("sha512", { postfix: bytes(8) }) },
  "ldap-md5": { draw: digest("md5") },
  "ldap-smd5": { draw: digest("md5", { postfix: bytes(8) }) },
  mysql: { draw: digest("sha1", { rounds: 2 }) },
  mssql: { draw: digest("sha512", { postfix: bytes(4), preparation: UTF16 }) },
  "django-sha1": { draw: digest("sha1", { prefix: text(12) }) },
  "django-md5": { draw: digest("md5", { prefix: text(12) }) },
  "werkzeug-hmac": { draw: hmac("sha256", text(8)) },
  ntlm: { draw: digest("md4", { preparation: UTF16 }) },
} as const satisfies Partial<Record<FormatName, Recipe>>;
