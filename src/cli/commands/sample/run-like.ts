import { ConfigError } from "../../../core/index.ts";
import {
  inventRecords,
  openRecordWriter,
  PASSWORDS_HEADER,
  profileRecords,
  RECORD_FORMATS,
  renderPassword,
  type SourceProfile,
} from "../../../sample/index.ts";
import { openSource } from "../../../sources/index.ts";
import type { SampleOptions } from "./options.ts";
import { openFileOutput, streamOutput } from "./output.ts";
import { sayEnd } from "./say-end.ts";

/** Records rendered before the files are given a turn. */
const BATCH = 250;

/**
 * Writes records that have the shape of a file's and none of its values.
 *
 * @throws {ConfigError} OPTION_INVALID when a file can't be written, or `--passwords` has none to hold
 * @throws {SourceError} when the file can't be read
 */
export async function runLike(options: SampleOptions & { readonly like: string }): Promise<void> {
  const { like, seed } = options;
  const source = openSource({ location: like });
  const { columns } = await source.head();
  const profile = await profileRecords(source.read(), columns, seed);
  const count = options.users ?? profile.records;
  await writeRecords(profile, options, count);
  sayEnd(options, count);
  if (profile.unreadable > 0 && !options.json) {
    process.stderr.write(`${profile.unreadable} records of ${like} could not be read.\n`);
  }
}

async function writeRecords(
  profile: SourceProfile,
  options: SampleOptions,
  count: number,
): Promise<void> {
  const { seed } = options;
  const records = await inventRecords(profile, { count, seed });
  if (options.passwords !== undefined && !profile.holdsHashes) throw noPasswords(options);
  const format = RECORD_FORMATS.find((name) => name === options.format) ?? "csv";
  const writer = openRecordWriter(format, profile.columns);
  const out =
    options.out === "-" ? streamOutput(process.stdout) : await openFileOutput(options.out, "--out");
  const passwords =
    options.passwords === undefined
      ? undefined
      : await openFileOutput(options.passwords, "--passwords");
  let [text, logins, held] = [writer.head, PASSWORDS_HEADER, 0];
  for (const { cells, login, password } of records) {
    text += writer.before() + writer.record(cells);
    if (password !== undefined) logins += renderPassword(login, password);
    held += 1;
    if (held < BATCH) continue;
    await out.write(text);
    await passwords?.write(logins);
    [text, logins, held] = ["", "", 0];
    if (out.abandoned) break;
  }
  await out.write(text + writer.tail);
  await out.close();
  await passwords?.write(logins);
  await passwords?.close();
}

function noPasswords({ like }: SampleOptions): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "--passwords",
    message: `--passwords has nothing to hold: ${like ?? "the file"} has no column of hashes that are known`,
    hint: "Leave out --passwords; `okta-migrate password inspect` tells of a hash what it is.",
  });
}
