import { isAbsent } from "./presence.ts";
import type { Beside, PepperPlace, Presumption, SaltOrder } from "./stored-format.ts";

/*
 * The settings that `password:` in `migration.yaml` can have and that systems really use, from the
 * likely to the rare.
 */

/** Rounds of digests that many systems use. */
export const DIGEST_ROUNDS: readonly Presumption[] = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 1000, 1024, 2048, 5000,
].map((rounds) => ({ rounds }));

/** Rounds of digests that few systems use, and that take long to check. */
export const RARE_DIGEST_ROUNDS: readonly Presumption[] = [10_000, 65_536, 100_000].map(
  (rounds) => ({ rounds }),
);

/** Rounds of PBKDF2 that systems use. Those of more would make a wrong password cost minutes. */
export const PBKDF2_ROUNDS: readonly Presumption[] = [
  1000, 4096, 10_000, 5000, 20_000, 25_000, 27_500, 50_000, 100_000,
].map((rounds) => ({ rounds }));

/** Passwords as UTF-16. */
export const UTF16: readonly Presumption[] = [{ passwordEncoding: "utf16le" }];

const ORDERS: readonly SaltOrder[] = ["prefix", "postfix"];
const SALT_ENCODINGS = ["text", "hex", "base64", "base64url"] as const;
const PEPPER_PLACES: readonly PepperPlace[] = [
  "password-postfix",
  "password-prefix",
  "salt-postfix",
  "salt-prefix",
];

/** Where a salt stands, where there is one. */
export function saltOrders(beside: Beside): readonly Presumption[] {
  if (isAbsent(beside.salt) && beside.pepper === undefined) return [{}];
  return ORDERS.map((saltOrder) => ({ saltOrder }));
}

/** How a salt can be written; what it can't be decoded from is left out by who reads it. */
export function saltEncodings({ salt }: Beside): readonly Presumption[] {
  if (isAbsent(salt)) return [{}];
  const hasUrlCharacters = typeof salt === "string" && /[-_]/.test(salt);
  return SALT_ENCODINGS.filter((one) => one !== "base64url" || hasUrlCharacters).map(
    (saltEncoding) => ({ saltEncoding }),
  );
}

/** Where a pepper stands, where there is one; the place that is said is the likeliest. */
export function pepperPlaces({ pepper }: Beside): readonly Presumption[] {
  if (pepper === undefined) return [{}];
  const places = new Set<PepperPlace>([pepper.place, ...PEPPER_PLACES]);
  return [...places].map((pepperPlace) => ({ pepperPlace }));
}

/** Every combination of one setting from each list, the first list's outermost. */
export function combinations(
  ...lists: readonly (readonly Presumption[])[]
): readonly Presumption[] {
  return lists.reduce<readonly Presumption[]>(
    (sofar, list) => sofar.flatMap((one) => list.map((other) => ({ ...one, ...other }))),
    [{}],
  );
}

/** What stands beside a hash, under these settings and none of those that were said. */
export function besideUnder(beside: Beside, settings: Presumption): Beside {
  const { saltOrder: _order, saltEncoding: _salt, encoding: _encoding, ...further } = beside;
  const { passwordEncoding: _password, pepper, ...given } = further;
  const { pepperPlace, ...others } = settings;
  return {
    ...given,
    ...(pepper === undefined ? {} : { pepper: { ...pepper, place: pepperPlace ?? pepper.place } }),
    ...others,
  };
}
