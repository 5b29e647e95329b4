import { ConfigError, type SourceValue } from "../../../../core/index.ts";
import { type GivenHash, type GivenLine, readGivenLine, readGivenObject } from "../given-hash.ts";
import { readLines } from "../read-lines.ts";

/** A hash and the password that belongs to it. */
export type KnownAccount = GivenHash & { readonly password: Uint8Array };

/** A few accounts settle it; what is longer is a mistake. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads accounts from standard input: an object, a list of such, or one object a line.
 *
 * @throws {ConfigError} OPTION_INVALID when there is none, or one without hash or password
 */
export async function readKnownAccounts(
  input: AsyncIterable<Uint8Array>,
): Promise<readonly KnownAccount[]> {
  const bytes = await readAll(input);
  const lines = readWhole(bytes) ?? (await readEach(bytes));
  bytes.fill(0);
  const accounts = lines.map(assertKnown);
  if (accounts.length > 0) return accounts;
  throw invalid("Standard input gave no account.");
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > MOST_BYTES) throw invalid("Standard input is far longer than a few accounts.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The accounts of a text that is one JSON value; undefined when it is none. */
function readWhole(bytes: Buffer): readonly GivenLine[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
  const objects: readonly unknown[] = Array.isArray(value) ? value : [value];
  return objects.map((object, index) =>
    isObject(object)
      ? readGivenObject(index + 1, object)
      : { line: index + 1, hash: undefined, beside: {}, password: undefined },
  );
}

async function readEach(bytes: Buffer): Promise<readonly GivenLine[]> {
  const lines: GivenLine[] = [];
  for await (const line of readLines(chunksOf(bytes))) {
    if ("fault" in line || line.text.trim() !== "") lines.push(readGivenLine(line));
  }
  return lines;
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function assertKnown(given: GivenLine): KnownAccount {
  if ("issue" in given) throw invalid(given.issue.reason);
  const { line, hash = null, password } = given;
  if (hash === null) throw invalid(`Account ${line} of standard input has no hash.`);
  if (password === undefined) throw invalid(`Account ${line} of standard input has no password.`);
  return { ...given, password };
}

function isObject(value: unknown): value is Readonly<Record<string, SourceValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "standard input",
    message,
    hint: 'Give an object a line, such as {"hash": …, "salt": …, "password": …}; or start it on a terminal, where it asks.',
  });
}
