import type { Client } from "ldapts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "../checking/password-checker.ts";
import { shortNameOf } from "../sealing/typed-login.ts";
import {
  type DirectorySettings,
  findEntries,
  type LdapLibrary,
  withDirectory,
} from "./directory-client.ts";

const STORE = "directory";
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

function signIn(
  settings: DirectorySettings,
  typed: TypedPassword,
  library: LdapLibrary,
): Promise<Found> {
  const { login, username, signal } = typed;
  return withDirectory(settings, { library, signal }, async (client) => {
    const values = { login, username, shortName: shortNameOf(login) ?? login };
    const [dn, another] = await findEntries(client, settings, values);
    if (dn === undefined) return "unknown";
    if (another !== undefined) return "ambiguous";
    return bind(client, { dn, typed, library });
  });
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
