import type { OrgFacts, Scenario } from "../../core/index.ts";

/** The org as its address tells it, and how we get there. */
export interface OrgAddress {
  readonly host: string;
  readonly kind: "production" | "preview" | "loopback";
  /** The variable that it came from. */
  readonly variable: string;
  /** Whether a proxy stands in between. */
  readonly viaProxy: boolean;
  /** Whether further certificates are trusted (`NODE_EXTRA_CA_CERTS`). */
  readonly trustsMore: boolean;
}

/** How we are signed in. */
export interface AccessKind {
  /** For people: what kind of credential, and where it is from. */
  readonly description: string;
  /** An API token, an access token that somebody got, an app by its key, or a person by `login`. */
  readonly kind: "ssws" | "bearer" | "service-app" | "sign-in";
  /** Whether the next token is got by ourselves, without anybody. */
  readonly isRenewed: boolean;
}

/** A command and the scopes that it can use. */
export interface NeededScopes {
  readonly command: string;
  readonly required: readonly string[];
  readonly optional: readonly { readonly scope: string; readonly without: string }[];
}

/** What is known of the source. */
export interface SourceState {
  /** As named; an address may hold a password and is never told whole. */
  readonly location: string;
  /** Why it can't be read. */
  readonly problem?: { readonly message: string; readonly hint: string };
  /** `CSV, UTF-8, 12 columns`. */
  readonly description?: string;
  /** Undefined where they were not counted. */
  readonly records?: number;
  readonly isReadableByOthers?: boolean;
}

/** Whether users are put into groups: everybody into the same ones, or each into their own. */
export function joinsGroups({ groups, ownGroups }: PlannedLoad): boolean {
  return groups > 0 || ownGroups;
}

/** What a run would be like. */
export interface PlannedLoad {
  readonly scenario: Scenario;
  /** Whether the import hook is to check passwords, of all users or of some. */
  readonly usesHook: boolean;
  /** Groups of everyone that is created. */
  readonly groups: number;
  /** Whether records name groups of their own, which are there or not, and never made. */
  readonly ownGroups: boolean;
  /** Attributes that get a value; undefined where neither config nor source says so. */
  readonly mapped: readonly string[] | undefined;
  /** Undefined where nobody says how many. */
  readonly users: number | undefined;
  /** Above 0, up to 1. */
  readonly rateShare: number;
  readonly maxConcurrency: number;
  readonly source: SourceState | undefined;
}

/** All that a diagnosis is made from. */
export interface DoctorFacts {
  readonly org: OrgFacts;
  readonly address: OrgAddress;
  readonly access: AccessKind;
  readonly commands: readonly NeededScopes[];
  readonly load: PlannedLoad;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}
