import { argon2d, argon2i, argon2id } from "./argon2.ts";
import { aspnetIdentityV2, aspnetIdentityV3 } from "./aspnet-identity.ts";
import { auth0 } from "./auth0.ts";
import { md5, sha1, sha224, sha256, sha384, sha512 } from "./bare-digest.ts";
import { barePbkdf2Sha1, barePbkdf2Sha256, barePbkdf2Sha512 } from "./bare-pbkdf2.ts";
import { bcrypt } from "./bcrypt.ts";
import { apr1, md5Crypt, sha256Crypt, sha512Crypt, yescrypt } from "./crypt.ts";
import { mssql, mysql, postgresMd5 } from "./databases.ts";
import { dirsrvPbkdf2 } from "./dirsrv-pbkdf2.ts";
import { djangoMd5, djangoSha1 } from "./django-digest.ts";
import { djangoPbkdf2Sha1, djangoPbkdf2Sha256 } from "./django-pbkdf2.ts";
import { firebaseScrypt } from "./firebase-scrypt.ts";
import { fusionauth } from "./fusionauth.ts";
import { hmacMd5, hmacSha1, hmacSha256, hmacSha512 } from "./hmac.ts";
import { keycloak } from "./keycloak.ts";
import { ldapCrypt } from "./ldap-crypt.ts";
import {
  ldapMd5,
  ldapSha,
  ldapSha256,
  ldapSha384,
  ldapSha512,
  ldapSmd5,
  ldapSsha,
  ldapSsha256,
  ldapSsha384,
  ldapSsha512,
} from "./ldap-digest.ts";
import {
  djangoBcrypt,
  djangoBcryptSha256,
  markedBcrypt,
  wordpressBcrypt,
} from "./marked-bcrypt.ts";
import {
  md5OfMd5,
  md5OfSha1,
  sha1OfMd5,
  sha1OfSha1,
  sha256OfMd5,
  sha256OfSha1,
  sha256OfSha256,
  sha512OfMd5,
  sha512OfSha512,
} from "./nested-digest.ts";
import { ntlm } from "./ntlm.ts";
import { oktaShape } from "./okta-shape.ts";
import { passlibBcryptSha256 } from "./passlib-bcrypt-sha256.ts";
import {
  ldapPbkdf2Sha1,
  ldapPbkdf2Sha256,
  ldapPbkdf2Sha512,
  passlibPbkdf2Sha1,
  passlibPbkdf2Sha256,
  passlibPbkdf2Sha512,
} from "./passlib-pbkdf2.ts";
import { phcPbkdf2 } from "./phc-pbkdf2.ts";
import { drupal, phpass } from "./phpass.ts";
import { scryptCrypt } from "./scrypt-crypt.ts";
import { scrypt } from "./scrypt.ts";
import { springPbkdf2Sha1, springPbkdf2Sha256 } from "./spring-pbkdf2.ts";
import { springScrypt } from "./spring-scrypt.ts";
import { springSha256 } from "./spring-sha256.ts";
import type { StoredFormat } from "./stored-format.ts";
import { werkzeugHmac } from "./werkzeug-hmac.ts";
import { werkzeugPbkdf2 } from "./werkzeug-pbkdf2.ts";
import { werkzeugScrypt } from "./werkzeug-scrypt.ts";

/** Formats of one text each, told by a mark. */
const MARKED = [
  bcrypt,
  markedBcrypt,
  djangoBcrypt,
  djangoBcryptSha256,
  wordpressBcrypt,
  passlibBcryptSha256,
  djangoPbkdf2Sha256,
  djangoPbkdf2Sha1,
  werkzeugPbkdf2,
  passlibPbkdf2Sha256,
  passlibPbkdf2Sha512,
  passlibPbkdf2Sha1,
  phcPbkdf2,
  dirsrvPbkdf2,
  ldapPbkdf2Sha256,
  ldapPbkdf2Sha512,
  ldapPbkdf2Sha1,
  springPbkdf2Sha256,
  springPbkdf2Sha1,
  aspnetIdentityV3,
  aspnetIdentityV2,
  argon2id,
  argon2i,
  argon2d,
  scrypt,
  werkzeugScrypt,
  springScrypt,
  scryptCrypt,
  firebaseScrypt,
  md5Crypt,
  apr1,
  sha256Crypt,
  sha512Crypt,
  yescrypt,
  phpass,
  drupal,
  ldapCrypt,
  springSha256,
  ldapSha,
  ldapSsha,
  ldapSha256,
  ldapSsha256,
  ldapSha384,
  ldapSsha384,
  ldapSha512,
  ldapSsha512,
  ldapMd5,
  ldapSmd5,
  mysql,
  postgresMd5,
  mssql,
  djangoSha1,
  djangoMd5,
  werkzeugHmac,
] as const satisfies readonly StoredFormat[];

/** Formats that nothing but length and characters tells, the likely ones first. */
const BARE = [
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  ntlm,
  md5OfMd5,
  md5OfSha1,
  sha1OfMd5,
  sha1OfSha1,
  sha256OfMd5,
  sha256OfSha1,
  sha256OfSha256,
  sha512OfMd5,
  sha512OfSha512,
  hmacMd5,
  hmacSha1,
  hmacSha256,
  hmacSha512,
  barePbkdf2Sha1,
  barePbkdf2Sha256,
  barePbkdf2Sha512,
] as const satisfies readonly StoredFormat[];

/**
 * Every format that is known. With `auto`, the first that recognises a value reads it, so that marks
 * stand before bare shapes. A further one is a file beside this one and a line here;
 * `docs/reference/password-formats.md` is generated from it.
 */
export const FORMATS = [
  ...MARKED,
  keycloak,
  fusionauth,
  auth0(MARKED),
  oktaShape,
  ...BARE,
] as const satisfies readonly StoredFormat[];

/** The name of a format, as `migration.yaml` and reports have it. */
export type FormatName = (typeof FORMATS)[number]["name"];

/** What `password.format` in `migration.yaml` can say; `auto` recognises each record's hash. */
export type HashFormat = "auto" | FormatName;

/** All of {@link HashFormat}, in the order in which they are shown. */
export const HASH_FORMATS: readonly HashFormat[] = ["auto", ...FORMATS.map(({ name }) => name)];
