import type { SampleHash } from "../credentials/sample-hashes.ts";
import { hasSaltColumn } from "../credentials/sample-hashes.ts";
import type { InventedUser } from "../people/invent-users.ts";
import type { Cell } from "./cell.ts";
import type { Column } from "./record-writer.ts";
import { openRecordWriter, type SampleFormat } from "./sample-formats.ts";
import { ldifUserWriter } from "./user-ldif.ts";

/** Writes invented users as one text, one after another. */
export interface UserWriter {
  /** What stands before the first user. */
  readonly head: string;
  /** What stands between the user who was written last and the next one, if anything. */
  before(): string;
  /** The next user, from the character at which the record opens. */
  user(user: InventedUser): string;
  /** What stands behind the last user. */
  readonly tail: string;
}

type UserColumn = Column & { readonly read: (user: InventedUser) => Cell };

/** The columns in order. The hash is revealed here, since the file is what it is for. */
const COLUMNS: readonly UserColumn[] = [
  { name: "id", type: "integer", read: (user) => user.id },
  { name: "email", read: (user) => user.email },
  { name: "first_name", read: (user) => user.firstName },
  { name: "last_name", read: (user) => user.lastName },
  { name: "mobile", read: (user) => user.mobile },
  { name: "department", read: (user) => user.department },
  { name: "city", read: (user) => user.city },
  { name: "country", read: (user) => user.country },
  { name: "locale", read: (user) => user.locale },
  { name: "timezone", read: (user) => user.timezone },
  { name: "created_at", read: (user) => user.createdAt },
  { name: "password_hash", read: (user) => user.passwordHash.reveal() },
];

const SALT: UserColumn = {
  name: "password_salt",
  read: (user) => user.salt?.reveal() ?? null,
};

/**
 * A writer of users.
 *
 * @param hashes the formats of their hashes: with one whose salt stands beside it, there is a column
 *   `password_salt`
 */
export function openUserWriter(format: SampleFormat, hashes: readonly SampleHash[]): UserWriter {
  if (format === "ldif") return ldifUserWriter();
  const columns = hashes.some(hasSaltColumn) ? [...COLUMNS, SALT] : COLUMNS;
  const writer = openRecordWriter(format, columns);
  return {
    head: writer.head,
    before: () => writer.before(),
    user: (user) => writer.record(columns.map(({ read }) => read(user))),
    get tail() {
      return writer.tail;
    },
  };
}
