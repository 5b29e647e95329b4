import { aspnetIdentity2, aspnetIdentity3 } from "./aspnet-identity.ts";
import { auth0Format } from "./auth0.ts";
import { bcrypt } from "./bcrypt.ts";
import {
  djangoBcrypt,
  djangoBcryptSha256,
  springBcrypt,
  wordpressBcrypt,
} from "./bcrypt-variants.ts";
import { djangoPbkdf2Sha1, djangoPbkdf2Sha256 } from "./django-pbkdf2.ts";
import { fusionauth } from "./fusionauth.ts";
import { keycloak } from "./keycloak.ts";
import { directory389Pbkdf2, ldapPbkdf2 } from "./ldap-pbkdf2.ts";
import { oktaShape } from "./okta-shape.ts";
import { passlibBcryptSha256 } from "./passlib-bcrypt-sha256.ts";
import { passlibPbkdf2Sha1, passlibPbkdf2Sha256, passlibPbkdf2Sha512 } from "./passlib-pbkdf2.ts";
import { phcPbkdf2 } from "./phc-pbkdf2.ts";
import { springPbkdf2 } from "./spring-pbkdf2.ts";
import type { StoredFormat } from "./stored-format.ts";
import { werkzeugPbkdf2 } from "./werkzeug-pbkdf2.ts";

/** Formats of one text each, told by a mark. */
const MARKED = [
  bcrypt,
  springBcrypt,
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
  directory389Pbkdf2,
  ldapPbkdf2,
  springPbkdf2,
  aspnetIdentity3,
  aspnetIdentity2,
] as const satisfies readonly StoredFormat[];

/**
 * Every format that is known. With `auto`, the first that recognises a value reads it, so that marks
 * stand before bare shapes. A further one is a file beside this one and a line here;
 * `docs/reference/password-formats.md` is generated from it.
 */
export const FORMATS = [
  fusionauth,
  ...MARKED,
  keycloak,
  auth0Format(MARKED),
  oktaShape,
] as const satisfies readonly StoredFormat[];

/** The name of a format, as `migration.yaml` and reports have it. */
export type FormatName = (typeof FORMATS)[number]["name"];

/** What `password.format` in `migration.yaml` can say; `auto` recognises each record's hash. */
export type HashFormat = "auto" | FormatName;

/** All of {@link HashFormat}, in the order in which they are shown. */
export const HASH_FORMATS: readonly HashFormat[] = ["auto", ...FORMATS.map(({ name }) => name)];
