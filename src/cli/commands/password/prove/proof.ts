import type { Issue } from "../../../../core/index.ts";

/** How people of a format get in: as a hash, by the import hook, staged, or not at all. */
export type Route = "hash" | "hook" | "staged" | "rejected";

/** What came of one test account. Its login is the one that was given. */
export interface AccountProof {
  readonly login: string;
  /** Where it stands in the source. */
  readonly line?: number;
  readonly format?: string;
  readonly route?: Route;
  /**
   * `not-carried`: no password goes to Okta for it. `unchecked`: what goes to Okta could not be
   * computed here.
   */
  readonly verdict: "proven" | "wrong" | "rejected" | "not-carried" | "not-found" | "unchecked";
  readonly issues: readonly Issue[];
}

/** What is known of one format of the source. */
export interface FormatProof {
  /** Format and strength, such as `bcrypt 10`. */
  readonly format: string;
  readonly route: Route;
  readonly users: number;
  /** Where the first of them stands in the source. */
  readonly line: number;
  readonly proven: number;
  readonly failed: number;
  /** `proven` only with an account that was, and none that failed. */
  readonly verdict: "proven" | "failed" | "not-proven" | "not-carried";
}

/** What came of it all. */
export interface Proof {
  /** Most users first. */
  readonly formats: readonly FormatProof[];
  readonly accounts: readonly AccountProof[];
  /** Entries of the source that could not be read. */
  readonly unreadable: number;
  /** Whether every password that the source holds gets to Okta and was proven by its format. */
  readonly proven: boolean;
}

interface Count {
  readonly format: string;
  readonly route: Route;
  readonly line: number;
  users: number;
  proven: number;
  failed: number;
}

/** Counts the users of a source by format and route, and the test accounts of each. */
export class FormatTally {
  readonly #counts = new Map<string, Count>();

  /** Counts a user. */
  add(format: string, route: Route, line: number): void {
    const key = `${route} ${format}`;
    const count = this.#counts.get(key);
    if (count === undefined) {
      this.#counts.set(key, { format, route, line, users: 1, proven: 0, failed: 0 });
    } else {
      count.users += 1;
    }
  }

  /** Counts a test account of a format that was added before. */
  note({ format, route, verdict }: AccountProof): void {
    const count = this.#counts.get(`${route ?? ""} ${format ?? ""}`);
    if (count === undefined) return;
    if (verdict === "proven") count.proven += 1;
    else if (verdict === "wrong") count.failed += 1;
  }

  /** Most users first. */
  formats(): readonly FormatProof[] {
    return [...this.#counts.values()]
      .toSorted((left, right) => right.users - left.users || left.line - right.line)
      .map((count) => ({ ...count, verdict: verdictOf(count) }));
  }
}

function verdictOf({ route, proven, failed }: Count): FormatProof["verdict"] {
  if (route === "staged" || route === "rejected") return "not-carried";
  if (failed > 0) return "failed";
  return proven > 0 ? "proven" : "not-proven";
}

/** Whether every format is proven that is meant to carry a password, and there is one. */
export function isProven(formats: readonly FormatProof[]): boolean {
  const carried = formats.filter(({ route }) => route !== "staged");
  return carried.length > 0 && carried.every(({ verdict }) => verdict === "proven");
}
