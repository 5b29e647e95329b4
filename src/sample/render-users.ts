import type { InventedUser } from "./invent-users.ts";

/** The shapes in which invented users can be written. */
export const SAMPLE_FORMATS = ["csv", "ndjson"] as const;

/** A name in {@link SAMPLE_FORMATS}. */
export type SampleFormat = (typeof SAMPLE_FORMATS)[number];

/** The hash formats that invented users can have. */
export const SAMPLE_HASHES = ["bcrypt"] as const;

/** A name in {@link SAMPLE_HASHES}. */
export type SampleHash = (typeof SAMPLE_HASHES)[number];

type Cell = string | number | null;

/** The columns in order. The hash is revealed here, since the file is what it is for. */
const COLUMNS: readonly (readonly [string, (user: InventedUser) => Cell])[] = [
  ["id", (user) => user.id],
  ["email", (user) => user.email],
  ["first_name", (user) => user.firstName],
  ["last_name", (user) => user.lastName],
  ["mobile", (user) => user.mobile],
  ["department", (user) => user.department],
  ["city", (user) => user.city],
  ["country", (user) => user.country],
  ["created_at", (user) => user.createdAt],
  ["password_hash", (user) => user.passwordHash.reveal()],
];

/** What stands before the first user: the header line of CSV, nothing in NDJSON. */
export function renderHeader(format: SampleFormat): string {
  return format === "csv" ? `${COLUMNS.map(([name]) => name).join(",")}\n` : "";
}

/** One user as one line, newline included. A missing value is empty in CSV and `null` in NDJSON. */
export function renderUser(user: InventedUser, format: SampleFormat): string {
  if (format === "csv") return `${COLUMNS.map(([, read]) => csvField(read(user))).join(",")}\n`;
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map(([name, read]) => [name, read(user)])))}\n`;
}

/** The header of the passwords file. */
export const PASSWORDS_HEADER = "login,password\n";

/** One line of the passwords file: the login, which is the e-mail address, and the old password. */
export function renderPassword(user: InventedUser): string {
  return `${csvField(user.email)},${csvField(user.password.reveal())}\n`;
}

function csvField(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
