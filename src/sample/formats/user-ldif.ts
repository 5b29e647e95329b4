import type { SampleHash } from "../credentials/sample-hashes.ts";
import type { InventedUser } from "../people/invent-users.ts";
import { ldifLine } from "./ldif.ts";

const BASE = "ou=people,dc=example,dc=com";
const CLASSES = ["top", "person", "organizationalPerson", "inetOrgPerson"];

/** Texts of crypt(3), which a directory holds behind `{CRYPT}`. */
const CRYPT: ReadonlySet<SampleHash> = new Set<SampleHash>([
  "bcrypt",
  "md5-crypt",
  "sha256-crypt",
  "sha512-crypt",
  "yescrypt",
  "scrypt-crypt",
]);

/** Whether a directory holds hashes of a format, so that LDIF can. */
export function fitsLdif(format: SampleHash): boolean {
  return CRYPT.has(format) || format === "389ds-pbkdf2" || format.startsWith("ldap-");
}

/** Users as entries of `inetOrgPerson`. Country, time zone and date have no attribute there. */
export function ldifUserWriter(): {
  readonly head: string;
  readonly before: () => string;
  readonly user: (user: InventedUser) => string;
  readonly tail: string;
} {
  return { head: "version: 1\n", before: () => "\n", user: ldifUser, tail: "" };
}

function ldifUser(user: InventedUser): string {
  const uid = String(user.id);
  const fullName = `${user.firstName} ${user.lastName}`.trim();
  const attributes: readonly (readonly [string, string | null])[] = [
    ["dn", `uid=${uid},${BASE}`],
    ...CLASSES.map((name) => ["objectClass", name] as const),
    ["uid", uid],
    ["cn", fullName === "" ? uid : fullName],
    ["givenName", user.firstName],
    ["sn", user.lastName],
    ["mail", user.email],
    ["mobile", user.mobile],
    ["ou", user.department],
    ["l", user.city],
    ["preferredLanguage", user.locale?.replace("_", "-") ?? null],
    ["employeeNumber", uid],
    ["userPassword", inDirectory(user.passwordHash.reveal())],
  ];
  return attributes.map(([name, value]) => ldifLine(name, value ?? "")).join("");
}

/** The hash as a directory holds it: behind its mark, or that of crypt(3). */
function inDirectory(hash: string): string {
  return hash.startsWith("{") ? hash : `{CRYPT}${hash}`;
}
