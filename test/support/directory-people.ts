import { createHash } from "node:crypto";

/** One value of an attribute, or several. */
type Values = string | readonly string[];

/** A person as a directory holds one. */
export interface DirectoryPerson {
  readonly uid: string;
  readonly attributes: Readonly<Record<string, Values>>;
}

/** The password of everybody in {@link directoryPeople}. */
export const DIRECTORY_PASSWORD = "correct horse 7";
/** The root of the directory, and where its people stand. */
export const DIRECTORY_BASE = "dc=example,dc=com";
export const PEOPLE_BASE = `ou=people,${DIRECTORY_BASE}`;

/** A password as OpenLDAP stores it: SHA-1 of password and salt, then the salt (RFC 2307 and later use). */
export function saltedSha1(password: string, salt: string): string {
  const digest = createHash("sha1").update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, Buffer.from(salt)]).toString("base64")}`;
}

/** So many people with hashed passwords; some have several values, some are written in base64. */
export function directoryPeople(count: number): readonly DirectoryPerson[] {
  return Array.from({ length: count }, (_, at): DirectoryPerson => {
    const uid = `person${at + 1}`;
    return {
      uid,
      attributes: {
        objectClass: ["top", "person", "organizationalPerson", "inetOrgPerson"],
        uid,
        cn: at % 3 === 0 ? [`Jürgen ${uid}`, uid] : `Jürgen ${uid}`,
        givenName: "Jürgen",
        sn: `Müller-${at + 1}`,
        mail: `${uid}@example.com`,
        telephoneNumber: `+49 30 ${1000 + at}`,
        l: "Berlin",
        ou: "Sales",
        userPassword: saltedSha1(DIRECTORY_PASSWORD, `salt${at}`),
      },
    };
  });
}

/** The people as LDIF, with base64 where it is needed and lines folded. */
export function ldifOf(people: readonly DirectoryPerson[]): string {
  return `version: 1\n\n${people.map(personOf).join("\n\n")}\n`;
}

/** A whole directory as LDIF: its root, its unit of people, and accounts that may sign in to it. */
export function directoryLdif(
  people: readonly DirectoryPerson[],
  accounts: readonly { readonly dn: string; readonly password: string }[],
): string {
  const frame = [
    { dn: DIRECTORY_BASE, objectClass: ["dcObject", "organization"], dc: "example", o: "Example" },
    { dn: PEOPLE_BASE, objectClass: "organizationalUnit", ou: "people" },
    ...accounts.map(({ dn, password }) => ({
      dn,
      objectClass: ["organizationalRole", "simpleSecurityObject"],
      cn: /^cn=([^,]+)/.exec(dn)?.[1] ?? "",
      userPassword: password,
    })),
  ];
  return `${[...frame.map(entryOf), ...people.map(personOf)].join("\n\n")}\n`;
}

/** One person as LDIF. */
export function personOf({ uid, attributes }: DirectoryPerson): string {
  return entryOf({ dn: `uid=${uid},${PEOPLE_BASE}`, ...attributes });
}

function entryOf(attributes: Readonly<Record<string, Values>>): string {
  return Object.entries(attributes)
    .flatMap(([name, values]) => [values].flat().map((value) => ldifLine(name, value)))
    .join("\n");
}

function ldifLine(name: string, value: string): string {
  const isPlain = /^[!-9;-~][ -~]*$/.test(value) && !/^[<:]/.test(value) && name !== "userPassword";
  const line = isPlain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString("base64")}`;
  return line.replace(/(.{60})(?=.)/g, "$1\n ");
}
