import type { FormatName } from "../../../../passwords/formats/index.ts";
import type { HashSecrets, PasswordVerifier } from "../stand-ins.ts";
import { type Trial, trialsOf } from "../trials.ts";
import type { KnownAccount } from "./known-account.ts";

/** What holds for one account. */
export interface AccountFinding {
  readonly line: number;
  /** Likely first; only those that hold for earlier accounts too, where there are such. */
  readonly right: readonly Trial[];
}

/** What came of it. */
export interface Detection {
  /** The likeliest way that holds for every account, as it reads the first one. */
  readonly found: Trial | undefined;
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
 * Passwords stay as they are. Never rejects.
 */
export async function detectWay(
  accounts: readonly KnownAccount[],
  tools: DetectionTools,
): Promise<Detection> {
  const search = new Search(accounts, tools);
  const findings: AccountFinding[] = [];
  let common: ReadonlySet<string> | undefined;
  for (const account of accounts) {
    const right = await search.rightFor(account, common);
    findings.push({ line: account.line, right });
    const keys = new Set(right.map(keyOf));
    common = common === undefined ? keys : new Set([...common].filter((key) => keys.has(key)));
  }
  return {
    found: findings[0]?.right.find((trial) => common?.has(keyOf(trial)) === true),
    findings,
    tried: search.tried,
    isUnsure: search.isUnsure,
  };
}

class Search {
  readonly tried = new Map<FormatName, number>();
  isUnsure = false;
  readonly #tools: DetectionTools;
  readonly #isAlone: boolean;
  readonly #trials: ReadonlyMap<KnownAccount, readonly Trial[]>;
  #done = 0;

  constructor(accounts: readonly KnownAccount[], tools: DetectionTools) {
    this.#tools = tools;
    this.#isAlone = accounts.length === 1;
    this.#trials = new Map(accounts.map((one) => [one, trialsOf(one, tools.secrets)]));
  }

  /** What holds for an account: first of what holds for others, and only else of all there is. */
  async rightFor(
    account: KnownAccount,
    common: ReadonlySet<string> | undefined,
  ): Promise<readonly Trial[]> {
    const trials = this.#trials.get(account) ?? [];
    const likely = trials.filter((trial) => common?.has(keyOf(trial)) === true);
    const right = await this.#try(likely, account.password);
    if (right.length > 0) return right;
    const rest = trials.filter((trial) => !likely.includes(trial));
    return this.#try(rest, account.password);
  }

  async #try(trials: readonly Trial[], password: Uint8Array): Promise<readonly Trial[]> {
    const right: Trial[] = [];
    const { parallel, signal } = this.#tools;
    for (let start = 0; start < trials.length && !signal.aborted; start += parallel) {
      const some = trials.slice(start, start + parallel);
      const held = await Promise.all(some.map((trial) => this.#holds(trial, password)));
      right.push(...some.filter((_, index) => held[index] === true));
      // With one account there is nothing to tell equal ways apart by.
      if (this.#isAlone && right.length > 0) return right.slice(0, 1);
    }
    return right;
  }

  async #holds({ stored }: Trial, password: Uint8Array): Promise<boolean> {
    const { verifier, onProgress } = this.#tools;
    const { computation, format } = stored;
    const verdict = await verifier.verify({ computation, password: Uint8Array.from(password) });
    if (verdict !== "right" && verdict !== "wrong") this.isUnsure = true;
    this.tried.set(format, (this.tried.get(format) ?? 0) + 1);
    this.#done += 1;
    onProgress(this.#done, this.#most());
    return verdict === "right";
  }

  #most(): number {
    return [...this.#trials.values()].reduce((sum, { length }) => sum + length, 0);
  }
}

function keyOf({ stored, settings }: Trial): string {
  const sorted = Object.entries(settings).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([stored.format, sorted]);
}
