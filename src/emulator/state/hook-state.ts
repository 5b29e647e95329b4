import { Secret } from "../../core/index.ts";
import { isRecord } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { LineFault } from "./fields.ts";

type HookRecord = Org["hooks"] extends Map<string, infer Hook> ? Hook : never;

const INSTANT = /At$/;

/** A hook as a state file holds it: secrets as they are, instants in ISO 8601. */
export function hookState(org: Org, hook: HookRecord): unknown {
  return written(org, hook, "");
}

/** The hook that a state file holds. @throws {LineFault} when it is none */
export function hookOf(org: Org, state: unknown): HookRecord {
  const hook = isRecord(state) ? read(org, state, "") : undefined;
  if (!isRecord(hook) || typeof hook["id"] !== "string" || typeof hook["type"] !== "string") {
    throw new LineFault("holds no hook");
  }
  return hook as unknown as HookRecord;
}

function written(org: Org, value: unknown, name: string): unknown {
  if (value instanceof Secret) return { secret: value.reveal() as unknown };
  if (typeof value === "number" && INSTANT.test(name)) return org.isoOf(value);
  if (Array.isArray(value)) return value.map((item) => written(org, item, ""));
  if (typeof value !== "object" || value === null) return value;
  return mapped(value, (member, key) => written(org, member, key));
}

function read(org: Org, value: unknown, name: string): unknown {
  if (typeof value === "string" && INSTANT.test(name)) {
    const instant = org.instantOf(value);
    if (Number.isNaN(instant)) throw new LineFault(`has no instant as ${name}`);
    return instant;
  }
  if (Array.isArray(value)) return value.map((item) => read(org, item, ""));
  if (!isRecord(value)) return value;
  const { secret } = value;
  if (typeof secret === "string" && Object.keys(value).length === 1) return new Secret(secret);
  return mapped(value, (member, key) => read(org, member, key));
}

function mapped(
  value: object,
  map: (member: unknown, key: string) => unknown,
): Readonly<Record<string, unknown>> {
  const members = Object.entries(value).map(([key, member]) => [key, map(member, key)] as const);
  return Object.fromEntries(members);
}
