import { InvariantError } from "../../../core/index.ts";
import {
  inventCredentials,
  type InventedCredential,
  inventUsers,
  PASSWORDS_HEADER,
  renderHeader,
  renderPassword,
  renderUser,
} from "../../../sample/index.ts";
import type { SampleOptions } from "./options.ts";
import { openFileOutput, type Output, streamOutput } from "./output.ts";

/** Most passwords that are hashed; further users share them, or a million would take half an hour. */
const MOST_CREDENTIALS = 1000;

/** Users rendered before the files are given a turn; large enough to make that turn cheap. */
const BATCH = 250;

/**
 * Writes invented users, and their passwords where asked, then says so.
 *
 * @throws {ConfigError} OPTION_INVALID when a file can't be written
 */
export async function runSample(options: SampleOptions): Promise<void> {
  const credentials = await inventCredentials({
    count: Math.min(options.users, MOST_CREDENTIALS),
    seed: options.seed,
  });
  const out =
    options.out === "-" ? streamOutput(process.stdout) : await openFileOutput(options.out, "--out");
  const passwords =
    options.passwords === undefined
      ? undefined
      : await openFileOutput(options.passwords, "--passwords");
  await writeUsers(options, { out, passwords, credentials });
  if (!out.abandoned) say(options);
}

async function writeUsers(
  options: SampleOptions,
  to: {
    readonly out: Output;
    readonly passwords: Output | undefined;
    readonly credentials: readonly InventedCredential[];
  },
): Promise<void> {
  const { out, passwords } = to;
  const [first, ...rest] = to.credentials;
  if (first === undefined) throw new InvariantError("a sample has no credential to give");
  let lines = renderHeader(options.format);
  let logins = PASSWORDS_HEADER;
  for (const user of inventUsers({
    count: options.users,
    seed: options.seed,
    credentials: [first, ...rest],
  })) {
    lines += renderUser(user, options.format);
    if (passwords !== undefined) logins += renderPassword(user);
    if (user.id % BATCH !== 0) continue;
    await out.write(lines);
    await passwords?.write(logins);
    [lines, logins] = ["", ""];
    if (out.abandoned) break;
  }
  await out.write(lines);
  await out.close();
  await passwords?.write(logins);
  await passwords?.close();
}

function say(options: SampleOptions): void {
  const { users, format, hashes, out, passwords, seed } = options;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ event: "sample", users, format, hashes, out, passwords, seed })}\n`,
    );
    return;
  }
  const also = passwords === undefined ? "" : `, and their passwords to ${passwords}`;
  const where = out === "-" ? "standard output" : out;
  process.stderr.write(`Wrote ${users} invented users to ${where}${also}.\n`);
}
