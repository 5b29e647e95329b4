import { foldLogin } from "../../../core/index.ts";
import { fileExposure } from "../../../sources/index.ts";
import type { Session } from "../../run/session.ts";
import { accountsIn } from "../password/prove/test-account.ts";
import type { RehearsalSource } from "./find-source.ts";

/** Passwords by folded login. */
export type KnownPasswords = ReadonlyMap<
  string,
  { readonly login: string; readonly password: Uint8Array }
>;

/** Of a longer file the first ones and a spread of the others are kept: enough to sample from. */
const FIRST_KEPT = 2000;
const MOST_KEPT = 20_000;

/**
 * The old passwords that are known of a source; none where no file of them is named.
 *
 * @throws {ConfigError} OPTION_INVALID when the file can't be read as such
 */
export async function passwordsOf(
  { passwords: path, invented }: RehearsalSource,
  { events }: Session,
): Promise<KnownPasswords> {
  if (path === undefined) return new Map();
  const known = await readKnownPasswords(path);
  if (!invented && (await fileExposure(path)) === "readable-by-others") {
    events.emit({
      event: "warning",
      message: `${path} holds passwords, and others on this machine can read it.`,
      hint: `Make it yours alone: chmod 600 ${path}`,
    });
  }
  return known;
}

/**
 * Reads the old passwords that sign-ins are tried with.
 *
 * @throws {ConfigError} OPTION_INVALID when the file can't be read as such
 */
async function readKnownPasswords(path: string): Promise<KnownPasswords> {
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
