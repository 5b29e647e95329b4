import { foldLogin } from "../../../core/index.ts";
import { accountsIn } from "../password/prove/test-account.ts";

/** Passwords by folded login. */
export type KnownPasswords = ReadonlyMap<
  string,
  { readonly login: string; readonly password: Uint8Array }
>;

/** Of a longer file the first ones and a spread of the others are kept: enough to sample from. */
const FIRST_KEPT = 2000;
const MOST_KEPT = 20_000;

/**
 * Reads the old passwords that sign-ins are tried with.
 *
 * @throws {ConfigError} OPTION_INVALID when the file can't be read as such
 */
export async function readKnownPasswords(path: string): Promise<KnownPasswords> {
  const first: { login: string; password: Uint8Array }[] = [];
  let spread: { login: string; password: Uint8Array }[] = [];
  let stride = 1;
  let behind = 0;
  for await (const account of accountsIn(path, "--passwords")) {
    if (first.length < FIRST_KEPT) {
      first.push(account);
      continue;
    }
    if (behind % stride === 0) spread.push(account);
    behind += 1;
    if (spread.length < MOST_KEPT) continue;
    spread = spread.filter((_account, at) => at % 2 === 0);
    stride *= 2;
  }
  return new Map([...first, ...spread].map((account) => [foldLogin(account.login), account]));
}
