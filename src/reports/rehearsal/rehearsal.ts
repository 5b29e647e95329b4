import type { CountedRoute } from "../render-routes.ts";
import type { FullRun } from "./compute-full-run.ts";

/** What a load of a rehearsal can prove. */
export type ProofName =
  | "counts"
  | "sign-in"
  | "hook"
  | "kill-and-resume"
  | "faults"
  | "rate-limits"
  | "time-and-memory";

/** One thing that a load proves, or why it does not. */
export interface LoadProof {
  readonly name: ProofName;
  /** `skipped`: nothing was found out; the sentence says why. */
  readonly verdict: "passed" | "failed" | "skipped";
  /** For people. Names no user. */
  readonly sentence: string;
}

/** How the records of a load ended. */
export interface LoadCounts {
  readonly created: number;
  readonly updated: number;
  readonly existing: number;
  readonly rejected: number;
  readonly failed: number;
}

/** One import of a rehearsal, and what it proved. */
export interface RehearsedLoad extends LoadCounts {
  /** `100`, `all`, or `100 with faults`. */
  readonly load: string;
  /** Records of the source that it was to send. */
  readonly records: number;
  /** Whether the org's limits held, or none, so that all records pass in the time there is. */
  readonly limits: "plan" | "none";
  /** Of all its processes, without the time between two. */
  readonly elapsedMs: number;
  /** Users created a second; undefined where none was. */
  readonly perSecond: number | undefined;
  /** Largest resident set of the import in bytes; undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
  readonly proofs: readonly LoadProof[];
}

/** A cause of records that can't be carried as they are. */
export interface CountedCause {
  readonly code: string;
  readonly count: number;
}

/** What was rehearsed, all that was found out, and what follows from it. */
export interface Rehearsal {
  readonly source: {
    readonly name: string;
    /** Whether its users were invented for the rehearsal. */
    readonly invented: boolean;
    /** Of its raw bytes, in hexadecimal. */
    readonly sha256: string | undefined;
  };
  /** Tells one mapping from another. */
  readonly mapping: string;
  readonly scenario: string;
  /** Records of the source. */
  readonly records: number;
  readonly routes: readonly CountedRoute[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** By name: okta-migrate, Node, the system. */
  readonly versions: Readonly<Record<string, string>>;
  readonly limits: {
    /** Name of the plan; undefined where a number was given. */
    readonly plan: string | undefined;
    readonly createsPerMinute: number;
    /** In which time a minute of the org passed. */
    readonly windowMs: number;
  };
  readonly loads: readonly RehearsedLoad[];
  /** Why records are to be mended, the most first. */
  readonly causes: readonly CountedCause[];
  readonly fullRun: FullRun;
  /** What no load could prove, one sentence each. */
  readonly notProven: readonly string[];
  readonly decision: Decision;
}

/** What follows from a rehearsal. */
export interface Decision {
  readonly verdict: "GO" | "GO-AFTER-MENDING" | "NO-GO";
  /** For people: `GO with 12 records to mend`. */
  readonly title: string;
  /** Why it is no GO, one sentence each. */
  readonly reasons: readonly string[];
  /** Records that can't be carried as they are. */
  readonly toMend: number;
}
