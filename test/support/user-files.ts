import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `users.csv` with so many users, `ann1@example.com` first; staged ones need no password. */
export function writeUsers(folder: string, count: number): readonly string[] {
  const logins = Array.from({ length: count }, (_, index) => `ann${index + 1}@example.com`);
  writeRows(folder, logins);
  return logins;
}

/** Writes `users.csv` with these logins, all of them with an address of their own. */
export function writeRows(folder: string, logins: readonly string[]): void {
  const rows = logins.map(
    (login, index) => `${login},mail${index + 1}@example.com,Ann${index + 1},Example`,
  );
  const text = `${["login,email,firstName,lastName", ...rows].join("\n")}\n`;
  writeFileSync(join(folder, "users.csv"), text, { mode: 0o600 });
}
