import { InvariantError } from "../../../core/index.ts";
import {
  firebaseParams,
  inventCredentials,
  type InventedCredential,
  inventFirebaseProject,
  type InventedUser,
  inventUsers,
  LineCounter,
  openUserWriter,
  PASSWORDS_HEADER,
  type PlantedUser,
  plantTroubles,
  renderPassword,
  renderTruth,
} from "../../../sample/index.ts";
import type { SampleOptions } from "./options.ts";
import { openFileOutput, type Output, streamOutput } from "./output.ts";
import { sayEnd } from "./say-end.ts";

/** Users rendered before the files are given a turn; large enough to make that turn cheap. */
const BATCH = 250;

/**
 * Writes invented users, and what belongs to them where asked, then says so.
 *
 * @throws {ConfigError} OPTION_INVALID when a file can't be written
 * @throws {SourceError} when the file of `--like` can't be read
 */
export async function runSample(options: SampleOptions): Promise<void> {
  const { like, users } = options;
  if (like !== undefined) {
    const { runLike } = await import("./run-like.ts");
    await runLike({ ...options, like });
    return;
  }
  if (users === undefined) throw new InvariantError("nothing says how many users to invent");
  const credentials = await inventCredentials({
    count: users,
    seed: options.seed,
    formats: options.hashes,
  });
  const files = await openFiles(options);
  await writeUsers(inventWith(options, users, credentials), options, files);
  await writeParams(options);
  if (!files.out.abandoned) sayEnd(options, users);
}

/** Where each part of a sample goes; what was not asked for goes nowhere. */
interface Files {
  readonly out: Output;
  readonly passwords: Output | undefined;
  readonly truth: Output | undefined;
}

async function openFiles(options: SampleOptions): Promise<Files> {
  const { out, passwords, truth } = options;
  return {
    out: out === "-" ? streamOutput(process.stdout) : await openFileOutput(out, "--out"),
    passwords: passwords === undefined ? undefined : await openFileOutput(passwords, "--passwords"),
    truth: truth === undefined ? undefined : await openFileOutput(truth, "--truth"),
  };
}

function inventWith(
  { seed, troubles }: SampleOptions,
  count: number,
  [first, ...rest]: readonly InventedCredential[],
): Iterable<PlantedUser> {
  if (first === undefined) throw new InvariantError("a sample has no credential to give");
  const users = inventUsers({ count, seed, credentials: [first, ...rest] });
  return troubles === undefined
    ? unspoilt(users)
    : plantTroubles(users, { shares: troubles, seed });
}

function* unspoilt(users: Iterable<InventedUser>): Generator<PlantedUser, void> {
  for (const user of users) yield { user, trouble: undefined };
}

async function writeUsers(
  planted: Iterable<PlantedUser>,
  options: SampleOptions,
  { out, passwords, truth }: Files,
): Promise<void> {
  const writer = openUserWriter(options.format, options.hashes);
  const lines = new LineCounter();
  let [users, logins, troubles, held] = [writer.head, PASSWORDS_HEADER, "", 0];
  const flush = async (): Promise<void> => {
    await out.write(users);
    await passwords?.write(logins);
    await truth?.write(troubles);
    [users, logins, troubles, held] = ["", "", "", 0];
  };
  if (truth !== undefined) lines.pass(users);
  for (const { user, trouble } of planted) {
    const before = writer.before();
    const text = writer.user(user);
    users += before + text;
    if (truth !== undefined) {
      lines.pass(before);
      if (trouble !== undefined) troubles += renderTruth({ line: lines.line, trouble });
      lines.pass(text);
    }
    if (passwords !== undefined) logins += renderPassword(user.email, user.password);
    held += 1;
    if (held < BATCH) continue;
    await flush();
    if (out.abandoned) break;
  }
  users += writer.tail;
  await flush();
  for (const output of [out, passwords, truth]) await output?.close();
}

/** The parameters of an invented Firebase project go to a file of their own: they hold a key. */
async function writeParams({ hashParams, seed }: SampleOptions): Promise<void> {
  if (hashParams === undefined) return;
  const file = await openFileOutput(hashParams, "--hash-params");
  await file.write(`${JSON.stringify(firebaseParams(inventFirebaseProject(seed)))}\n`);
  await file.close();
}
