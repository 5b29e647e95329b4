import { printable, SourceError } from "../../core/index.ts";
import {
  type DirectorySettings,
  findEntries,
  type LdapLibrary,
  withDirectory,
} from "./directory-client.ts";

/** Nobody's: it is searched for to see whether logins can be. */
const NOBODY = "nobody-has-this-login";
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
/** LDAP's results `busy` and `unavailable` (RFC 4511, appendix A). */
const AWAY_RESULTS = [51, 52];
const WRONG_NAME_RESULTS = [32, 34, 48, 49];

/**
 * Searches a directory once as sign-ins will: a setting with a mistake is told now, and not when the first
 * person signs in.
 *
 * @throws {SourceError} SOURCE_REFUSED, with `isAway` where the directory can't be reached now
 */
export async function probeDirectory(
  settings: DirectorySettings,
  library: LdapLibrary,
): Promise<void> {
  const { signal } = new AbortController();
  const names = { login: NOBODY, username: NOBODY, shortName: NOBODY };
  try {
    await withDirectory(settings, { library, signal }, (client) =>
      findEntries(client, settings, names),
    );
  } catch (error) {
    throw refused(settings, error, library);
  }
}

function refused(
  { url, startTls }: DirectorySettings,
  error: unknown,
  library: LdapLibrary,
): Error {
  const result = error instanceof library.ResultCodeError ? error.code : undefined;
  const code = codeOf(error);
  const isAway =
    result === undefined
      ? AWAY.test(code) || /time(?:d )?out|connection closed/i.test(messageOf(error))
      : AWAY_RESULTS.includes(result) && !startTls;
  const what = result === undefined ? code || "no reason was given" : `LDAP error ${result}`;
  return new SourceError({
    code: "SOURCE_REFUSED",
    message: `${printable(url)} can't be searched: ${what}.`,
    hint: hintFor(result, isAway),
    isAway,
    cause: error,
  });
}

function hintFor(result: number | undefined, isAway: boolean): string {
  if (isAway) return "See that the directory runs, and that firewalls let this machine through.";
  return result !== undefined && WRONG_NAME_RESULTS.includes(result)
    ? "Check `bind` and the base in the address under hook: stores, and the password in the file that OKTA_MIGRATE_HOOK_BIND_PASSWORD_FILE names."
    : "Check address, `filter` and `startTls` under hook: stores; where an authority of your own issued the directory's certificate, name it in NODE_EXTRA_CA_CERTS.";
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
