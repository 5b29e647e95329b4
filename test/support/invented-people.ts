/** A password and its bcrypt hash, cut as Okta takes it. */
export const OLD_PASSWORD = "Old-Passw0rd!";
export const OLD_HASH = "$2b$04$hfzsjYpOiQ5t1RCbUgXZDepa/Rho8dfixViRMuSWMZgBzwPnK42MS";
export const OLD_HASH_PARTS = {
  workFactor: 4,
  salt: "hfzsjYpOiQ5t1RCbUgXZDe",
  value: "pa/Rho8dfixViRMuSWMZgBzwPnK42MS",
} as const;
/** Another one. */
export const OTHER_PASSWORD = "Ünïcode-päss-2";
export const OTHER_HASH = "$2b$04$937EGX.yBhUNd6mDJzSMEeNOEdbNMxArbA1fLpOudGAt15rfpl12.";

/** Columns of an invented person. */
export type Person = Readonly<Record<string, string>>;

/** The n-th invented person, with what a test changes of them. */
export function aPerson(n: number, changes: Person = {}): Person {
  return {
    email: `person${n}@example.com`,
    firstName: `First${n}`,
    lastName: `Last${n}`,
    passwordHash: OLD_HASH,
    ...changes,
  };
}

/** So many invented people, numbered from 1. */
export function people(count: number, changes: Person = {}): readonly Person[] {
  return Array.from({ length: count }, (_, index) => aPerson(index + 1, changes));
}

/** A table of people, every cell quoted; the columns are those of the first one. */
export function csvOf(rows: readonly Person[], delimiter = ","): string {
  const columns = Object.keys(rows[0] ?? {});
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return lines.map((cells) => `${cells.map(quote).join(delimiter)}\n`).join("");
}

/** The people without the columns that hold their passwords. */
export function withoutPasswords(rows: readonly Person[]): readonly Person[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => column !== "passwordHash")),
  );
}
