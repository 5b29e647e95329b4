import type { Client } from "ldapts";
import type { Clock, Secret } from "../../core/index.ts";
import { type FilterValues, fillFilter } from "./fill-filter.ts";

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
export type LdapLibrary = Pick<
  typeof import("ldapts"),
  "Client" | "InvalidCredentialsError" | "ResultCodeError"
>;

const TIMEOUT_MS = 2500;

/** Works over a connection of its own, which ends with the work or when the signal fires. */
export async function withDirectory<T>(
  { url, startTls }: DirectorySettings,
  { library, signal }: { readonly library: LdapLibrary; readonly signal: AbortSignal },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const address = new URL(url);
  const client = new library.Client({
    url: `${address.protocol}//${address.host}`,
    timeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
  });
  const leave = (): void => void client.unbind().catch(() => undefined);
  signal.addEventListener("abort", leave, { once: true });
  try {
    if (startTls) await client.startTLS({ host: address.hostname, servername: address.hostname });
    return await work(client);
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}

/** The names of entries that a login finds: none, one, or that there are several. */
export async function findEntries(
  client: Client,
  { url, filter, reader }: DirectorySettings,
  values: FilterValues,
): Promise<readonly string[]> {
  if (reader !== undefined) await client.bind(reader.dn, reader.password.reveal());
  const base = decodeURIComponent(new URL(url).pathname.slice(1));
  const { searchEntries } = await client.search(base, {
    filter: fillFilter(filter, values),
    scope: "sub",
    // Nothing of the entry but its name.
    attributes: ["1.1"],
    sizeLimit: 2,
  });
  return searchEntries.map(({ dn }) => dn);
}
