import { foldLogin } from "../../core/index.ts";
import { macOf, type StoreKeys } from "./store-keys.ts";

/**
 * The form in which logins are looked up: without case, diacritics and space around, so that a login is
 * found however it was typed. Sealing and serving share it.
 */
export function foldTypedLogin(login: string): string {
  return foldLogin(login).trim();
}

/**
 * The part of a folded login before the `@`, by which Okta lets people sign in where only one has it;
 * undefined where there is none.
 *
 * @see docs/okta/create-user.md#login
 */
export function shortNameOf(folded: string): string | undefined {
  const at = folded.indexOf("@");
  return at > 0 ? folded.slice(0, at) : undefined;
}

/** The row of a folded login. */
export function loginKey({ logins }: StoreKeys, folded: string): Buffer {
  return macOf(logins, "login", folded);
}

/** The row of a short name. */
export function shortNameKey({ logins }: StoreKeys, shortName: string): Buffer {
  return macOf(logins, "short name", shortName);
}

/** What vouches that a short name leads to a login. */
export function shortNameProof({ shortNames }: StoreKeys, short: Uint8Array, login: Uint8Array) {
  return macOf(shortNames, short, login);
}
