import { hashSync, verifySync } from "@node-rs/bcrypt";
import type { BcryptComputation } from "../../formats/computation.ts";
import { isWithin, need } from "./bounds.ts";
import { asCString } from "./c-string.ts";

/** Each step doubles the time: about a minute at 20, the most that Okta takes. */
const MAX_COST = 20;
const SALT = /^[./A-Za-z0-9]{22}$/;
const VALUE = /^[./A-Za-z0-9]{31}$/;

/**
 * Bcrypt as its C reference computes it: of the first 72 bytes, and of nothing behind a NUL. The
 * library cuts at 72 by itself, but hashes a NUL like any other byte.
 *
 * @throws {NotComputableError} for a cost above 20, or damaged material
 */
export function checkBcrypt(computation: BcryptComputation, password: Uint8Array): boolean {
  const { cost, salt, value } = computation;
  need(isWithin(cost, 4, MAX_COST), "bcrypt's cost");
  need(SALT.test(salt) && VALUE.test(value), "bcrypt's material");
  return verifySync(asCString(password), `$2b$${String(cost).padStart(2, "0")}$${salt}${value}`);
}

/** The alphabets of bcrypt and of base64, character by character. */
const BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUE_AT = 29;

/**
 * The value of a password. The last character of the salt carries two bits: another one than bcrypt
 * writes is read as the one that it stands for.
 *
 * @throws {NotComputableError} for a cost above 20, or a damaged salt
 */
export function computeBcrypt(computation: BcryptComputation, password: Uint8Array): string {
  const { cost, salt } = computation;
  need(isWithin(cost, 4, MAX_COST), "bcrypt's cost");
  need(SALT.test(salt), "bcrypt's salt");
  const base64 = Array.from(salt, (one) => BASE64_ALPHABET[BCRYPT_ALPHABET.indexOf(one)]).join("");
  return hashSync(asCString(password), cost, Buffer.from(base64, "base64")).slice(VALUE_AT);
}
