import type { Client } from "ldapts";
import type { Clock, Secret } from "../../core/index.ts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "../checking/password-checker.ts";
import { shortNameOf } from "../sealing/typed-login.ts";
import { fillFilter } from "./fill-filter.ts";

/** An LDAP directory, and how a login is found in it. */
export interface DirectorySettings {
  /** `ldap:` or `ldaps:`, the search base as its path. */
  readonly url: string;
  /** With `{login}`, `{username}` or `{shortName}` in it. */
  readonly filter: string;
  /** Who searches; nobody: an anonymous search. */
  readonly reader: { readonly dn: string; readonly password: Secret } | undefined;
  readonly startTls: boolean;
  readonly clock: Clock;
}

/** The library, loaded by whoever knows whether it is there. */
export type LdapLibrary = Pick<typeof import("ldapts"), "Client" | "InvalidCredentialsError">;

const STORE = "directory";
const TIMEOUT_MS = 2500;
/** How much a new measurement counts. */
const NEWEST_PART = 0.2;
/**
 * What Active Directory adds to "invalid credentials" where the password is right and can't be used
 * longer: expired, and to be changed at the next sign-in.
 */
const RIGHT_BUT_OLD = /\bdata (?:532|773)\b/;
/** It does not look at the password of an account that is locked out. */
const NOT_LOOKED_AT = /\bdata 775\b/;

/**
 * Checks passwords by signing in to a directory as the one entry that a login finds. An unknown login is
 * answered after the time that a wrong password takes.
 */
export function checkByDirectory(
  settings: DirectorySettings,
  library: LdapLibrary,
): PasswordChecker {
  const { clock } = settings;
  let wrongMs = 0;
  return {
    name: STORE,
    check: async (typed) => {
      const startedAtMs = clock.now();
      const kind = await signIn(settings, typed, library).catch(() => "unreadable" as const);
      const tookMs = clock.now() - startedAtMs;
      if (kind === "wrong") wrongMs += (tookMs - wrongMs) * (wrongMs === 0 ? 1 : NEWEST_PART);
      if (kind === "unknown") await clock.sleep(wrongMs - tookMs, typed.signal);
      return answerOf(kind);
    },
  };
}

type Found = "verified" | "wrong" | "unknown" | "ambiguous" | "unreadable";

function answerOf(kind: Found): CheckAnswer {
  const by = { store: STORE };
  return kind === "ambiguous" || kind === "unreadable"
    ? { kind: "untold", because: kind, by }
    : { kind, by };
}

async function signIn(
  settings: DirectorySettings,
  typed: TypedPassword,
  library: LdapLibrary,
): Promise<Found> {
  const { url, startTls } = settings;
  const address = new URL(url);
  const client = new library.Client({
    url: `${address.protocol}//${address.host}`,
    timeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
  });
  const leave = (): void => void client.unbind().catch(() => undefined);
  typed.signal.addEventListener("abort", leave, { once: true });
  try {
    if (startTls) await client.startTLS({ host: address.hostname, servername: address.hostname });
    const entries = await findEntries(client, settings, typed);
    const [dn, another] = entries;
    if (dn === undefined) return "unknown";
    if (another !== undefined) return "ambiguous";
    return await bind(client, { dn, typed, library });
  } finally {
    typed.signal.removeEventListener("abort", leave);
    leave();
  }
}

async function findEntries(
  client: Client,
  { url, filter, reader }: DirectorySettings,
  { login, username }: TypedPassword,
): Promise<readonly string[]> {
  if (reader !== undefined) await client.bind(reader.dn, reader.password.reveal());
  const base = decodeURIComponent(new URL(url).pathname.slice(1));
  const shortName = shortNameOf(login) ?? login;
  const { searchEntries } = await client.search(base, {
    filter: fillFilter(filter, { login, username, shortName }),
    scope: "sub",
    // Nothing of the entry but its name.
    attributes: ["1.1"],
    sizeLimit: 2,
  });
  return searchEntries.map(({ dn }) => dn);
}

async function bind(
  client: Client,
  {
    dn,
    typed,
    library,
  }: { readonly dn: string; readonly typed: TypedPassword; readonly library: LdapLibrary },
): Promise<Found> {
  // With an empty password a directory signs in nobody, and says that it went well.
  if (typed.password.length === 0) return "wrong";
  // Once nobody waits the password is gone: signing in with what is left would count as a wrong one there.
  if (typed.signal.aborted) return "unreadable";
  try {
    await client.bind(dn, Buffer.from(typed.password).toString("utf8"));
    return "verified";
  } catch (error) {
    if (!(error instanceof library.InvalidCredentialsError)) return "unreadable";
    if (RIGHT_BUT_OLD.test(error.message)) return "verified";
    return NOT_LOOKED_AT.test(error.message) ? "unreadable" : "wrong";
  }
}
