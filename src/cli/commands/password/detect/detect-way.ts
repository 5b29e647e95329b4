import type { FormatName, StoredHash } from "../../../../passwords/formats/index.ts";
import type { HashSecrets } from "../../../../mapping/index.ts";
import type { PasswordVerifier } from "../../../../passwords/index.ts";
import { readInWay, trialsOf, type Way, wayOf } from "../trials.ts";
import type { KnownAccount } from "./known-account.ts";

/** What holds for one account. */
export interface AccountFinding {
  readonly line: number;
  /** The likeliest way that holds; undefined where none does. */
  readonly way: Way | undefined;
}

/** A way that holds for every account. */
export interface FoundWay {
  readonly way: Way;
  /** How it reads each of them. */
  readonly stored: readonly StoredHash[];
}

/** What came of it. */
export interface Detection {
  readonly found: FoundWay | undefined;
  readonly findings: readonly AccountFinding[];
  /** How many ways were tried, by format. */
  readonly tried: ReadonlyMap<FormatName, number>;
  /** Whether some could not be computed. */
  readonly isUnsure: boolean;
}

/** What it is found out with. */
export interface DetectionTools {
  readonly verifier: PasswordVerifier;
  readonly secrets: HashSecrets;
  /** Ways that are tried at the same time, 1 or more. */
  readonly parallel: number;
  /** Ends the trying early. */
  readonly signal: AbortSignal;
  readonly onProgress: (tried: number, of: number) => void;
}

/**
 * Finds the way of reading that holds for all accounts.
 *
 * A way that holds for one account is tried with all others as an import would read them: so the
 * settings that come out are those that an import works with. Passwords stay as they are. Never
 * rejects.
 */
export async function detectWay(
  accounts: readonly KnownAccount[],
  tools: DetectionTools,
): Promise<Detection> {
  const search = new Search(accounts, tools);
  const findings: AccountFinding[] = [];
  let found: FoundWay | undefined;
  for (const account of accounts) {
    const known = await search.firstHolding(
      account,
      findings.flatMap(({ way }) => way ?? []),
    );
    const way = known ?? (await search.likeliest(account));
    findings.push({ line: account.line, way });
    if (known === undefined && way !== undefined && found === undefined) {
      found = await search.confirm(way);
    }
  }
  if (findings.every(({ way }) => way !== undefined)) found ??= await search.byMarks(findings);
  return { found, findings, tried: search.tried, isUnsure: search.isUnsure };
}

class Search {
  readonly tried = new Map<FormatName, number>();
  isUnsure = false;
  readonly #accounts: readonly KnownAccount[];
  readonly #tools: DetectionTools;
  #done = 0;
  #planned = 0;

  constructor(accounts: readonly KnownAccount[], tools: DetectionTools) {
    this.#accounts = accounts;
    this.#tools = tools;
  }

  /** The first of some ways that holds for an account. */
  async firstHolding(account: KnownAccount, ways: readonly Way[]): Promise<Way | undefined> {
    for (const way of ways) {
      const stored = readInWay(account, way, this.#tools.secrets);
      if (stored !== undefined && (await this.#holds(stored, account))) return way;
    }
    return undefined;
  }

  /** The likeliest of all ways that holds for an account. */
  async likeliest(account: KnownAccount): Promise<Way | undefined> {
    const { parallel, signal, secrets } = this.#tools;
    const trials = trialsOf(account, secrets);
    this.#planned += trials.length;
    for (let start = 0; start < trials.length && !signal.aborted; start += parallel) {
      const some = trials.slice(start, start + parallel);
      const held = await Promise.all(some.map(({ stored }) => this.#holds(stored, account)));
      const first = some.find((_, index) => held[index] === true);
      if (first !== undefined) return wayOf(first);
    }
    return undefined;
  }

  /** A way with how it reads all accounts, where it holds for all of them. */
  async confirm(way: Way): Promise<FoundWay | undefined> {
    const stored: StoredHash[] = [];
    for (const account of this.#accounts) {
      const read = readInWay(account, way, this.#tools.secrets);
      if (read === undefined || !(await this.#holds(read, account))) return undefined;
      stored.push(read);
    }
    return { way, stored };
  }

  /** Hashes that say themselves what they are may be of several formats. */
  async byMarks(findings: readonly AccountFinding[]): Promise<FoundWay | undefined> {
    for (const { way } of findings) {
      const found = way && (await this.confirm({ format: "auto", settings: way.settings }));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #holds({ computation, format }: StoredHash, { password }: KnownAccount): Promise<boolean> {
    const { verifier, onProgress } = this.#tools;
    const verdict = await verifier.verify({ computation, password: Uint8Array.from(password) });
    if (verdict !== "right" && verdict !== "wrong") this.isUnsure = true;
    this.tried.set(format, (this.tried.get(format) ?? 0) + 1);
    this.#done += 1;
    onProgress(this.#done, Math.max(this.#done, this.#planned));
    return verdict === "right";
  }
}
