import type { Scenario } from "../core/index.ts";

/** Which source a run belongs to. */
export interface SourceIdentity {
  /** Path as given, or `-`. */
  readonly location: string;
  readonly name: string;
  /** SHA-256 of the raw bytes, hex; undefined where the source can't be read twice. */
  readonly fingerprint: string | undefined;
}

/** What a run belongs to, as it was when the run began or was last changed on purpose. */
export interface RunIdentity {
  /** Origin of the org, such as `https://example.okta.com`. */
  readonly org: string;
  readonly scenario: Scenario;
  readonly source: SourceIdentity;
  /** Tells one mapping from another: its digest or its text. Holds no secret. */
  readonly mapping: string;
  /** Version of okta-migrate that began the run. */
  readonly toolVersion: string;
}

/** Reads a stored identity back; undefined when it is none. */
export function parseIdentity(text: string): RunIdentity | undefined {
  const stored = parseObject(text);
  const source = objectOf(stored?.["source"]);
  if (stored === undefined || source === undefined) return undefined;
  const { org, scenario, mapping, toolVersion } = stored;
  const { location, name, fingerprint } = source;
  if (
    typeof org !== "string" ||
    !isScenario(scenario) ||
    typeof mapping !== "string" ||
    typeof toolVersion !== "string" ||
    typeof location !== "string" ||
    typeof name !== "string"
  ) {
    return undefined;
  }
  return {
    org,
    scenario,
    mapping,
    toolVersion,
    source: {
      location,
      name,
      fingerprint: typeof fingerprint === "string" ? fingerprint : undefined,
    },
  };
}

/** A JSON object; undefined when the text is something else. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function isScenario(value: unknown): value is Scenario {
  return value === "passwords" || value === "staged" || value === "hook";
}

/** Whether two say the same source: by its bytes where both are known, else by where it is. */
export function isSameSource(one: SourceIdentity, other: SourceIdentity): boolean {
  return one.fingerprint !== undefined && other.fingerprint !== undefined
    ? one.fingerprint === other.fingerprint
    : one.location === other.location;
}
