import {
  ConfigError,
  isUnreadable,
  SourceError,
  type SourceRecord,
} from "../../../../core/index.ts";
import { openSource } from "../../../../sources/index.ts";
import type { TerminalPrompt } from "../../../input/terminal-prompt.ts";

/** An account of the old system whose password is known. */
export interface TestAccount {
  readonly login: string;
  /** UTF-8. Whoever made it fills it with zeros at the end. */
  readonly password: Uint8Array;
}

/**
 * Reads accounts from a file with the columns `login` and `password`.
 *
 * @param path a CSV or NDJSON file; `-` is standard input
 * @throws {ConfigError} OPTION_INVALID when it can't be read as such, with the line
 */
export async function readTestAccounts(path: string): Promise<readonly TestAccount[]> {
  const accounts: TestAccount[] = [];
  for await (const account of accountsIn(path, "--accounts")) accounts.push(account);
  return accounts;
}

/**
 * The accounts of such a file one after the other, one at least.
 *
 * @param at the flag that named the file
 * @throws {ConfigError} OPTION_INVALID when it can't be read as such, with the line
 */
export async function* accountsIn(path: string, at: string): AsyncGenerator<TestAccount> {
  const source = openSource({
    location: path,
    ...(path === "-" ? { stdin: process.stdin, format: "csv" as const } : {}),
  });
  let count = 0;
  try {
    for await (const batch of source.read()) {
      for (const entry of batch) {
        if (isUnreadable(entry)) throw invalid(at, `can't be read in line ${entry.line}.`);
        yield accountOf(entry, at);
        count += 1;
      }
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    if (cause instanceof SourceError && cause.code === "SOURCE_UNREADABLE") {
      // It begins with the file's name.
      throw invalid(at, `names a file of accounts that can't be read: ${cause.message}`, cause);
    }
    throw invalid(at, "names a file that can't be read as CSV or NDJSON.", cause);
  }
  if (count === 0) throw invalid(at, "names a file without accounts.");
}

function accountOf({ fields, line }: SourceRecord, at: string): TestAccount {
  const login = fields.get("login");
  const password = fields.get("password");
  if (typeof login !== "string" || login.trim() === "") {
    throw invalid(at, `has no \`login\` in line ${line}.`);
  }
  if (typeof password !== "string") throw invalid(at, `has no \`password\` in line ${line}.`);
  return { login: login.trim(), password: Buffer.from(password, "utf8") };
}

/** Asks for login and password of one account after the other, until no login is given. */
export async function askTestAccounts(
  prompt: TerminalPrompt,
): Promise<readonly TestAccount[] | "interrupted"> {
  const accounts: TestAccount[] = [];
  for (;;) {
    const question = accounts.length === 0 ? "Login:" : "Login of another one (Enter: no more):";
    const login = await prompt.ask(question, "shown");
    if (login.kind === "interrupt") return "interrupted";
    const text = login.kind === "line" ? Buffer.from(login.bytes).toString("utf8").trim() : "";
    if (text === "") return accounts;
    const password = await prompt.ask("Password (not shown):", "hidden");
    if (password.kind === "interrupt") return "interrupted";
    if (password.kind === "end") return accounts;
    accounts.push({ login: text, password: password.bytes });
  }
}

function invalid(at: string, what: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at} ${what}`,
    hint: "Give a CSV file whose first line is login,password, or NDJSON with these two keys.",
    cause,
  });
}
