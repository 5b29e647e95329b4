import {
  foldLogin,
  isUnreadable,
  type ProfileValue,
  type SourceRecord,
} from "../../../core/index.ts";
import type { RecordRules } from "../../../migration/index.ts";
import { builtInSchema, decideAction } from "../../../validation/index.ts";
import type { PreparedRun } from "../../run/prepare-run.ts";
import type { KnownPasswords } from "./known-passwords.ts";

/** A user whose old password is known, and who is to be created. */
export interface SampledUser {
  /** Number of its record in the source, from 1. */
  readonly seq: number;
  readonly login: string;
  readonly password: Uint8Array;
  /** Format and strength of the stored password. */
  readonly label: string;
  readonly route: "hash" | "hook" | "staged";
}

/** What had to be known of a source before it is rehearsed. */
export interface Survey {
  /** Definitions of the attributes that Okta does not have by itself, by name. */
  readonly customAttributes: Readonly<Record<string, object>>;
  /** The user type and the realm that the config names. */
  readonly places: PreparedRun["places"];
  /** Names of the groups that records say, each once; at most 10,000. */
  readonly groups: readonly string[];
  /** In the order of the source. */
  readonly users: readonly SampledUser[];
}

/** Further ones are told as missing, as in an org that does not have them. */
const MOST_GROUPS = 10_000;

/**
 * Reads the source once, as far as needed: which custom attributes it fills and with values of which
 * type, which groups it names, and how those users get in whose passwords are known. The first record of a login counts.
 *
 * @throws {SourceError} when the source can't be read on
 */
export async function surveySource(
  prepared: PreparedRun,
  passwords: KnownPasswords,
  signal: AbortSignal,
): Promise<Survey> {
  const known = builtInSchema().attributes;
  const types = new Map<string, string>();
  for (const { attribute } of prepared.mapping.lines) {
    if (!known.has(attribute)) types.set(attribute, "");
  }
  const users: SampledUser[] = [];
  const groups = new Set<string>();
  if (types.size > 0 || passwords.size > 0 || prepared.mapping.groupsFrom !== undefined) {
    const found = new Set<string>();
    const surveyor = { rules: prepared.rules([]), passwords, types, groups, found };
    for await (const batch of prepared.source.read()) {
      if (signal.aborted) break;
      for (const entry of batch) {
        if (isUnreadable(entry)) continue;
        const user = surveyRecord(entry, surveyor);
        if (user !== undefined) users.push(user);
      }
    }
  }
  const definitions = [...types].map(([name, type]) => [name, definitionOf(name, type)] as const);
  return {
    customAttributes: Object.fromEntries(definitions),
    places: prepared.places,
    groups: [...groups],
    users,
  };
}

interface Surveyor {
  readonly rules: RecordRules;
  readonly passwords: KnownPasswords;
  /** Type of each custom attribute; empty while no record had a value. */
  readonly types: Map<string, string>;
  readonly groups: Set<string>;
  /** Folded logins that a record was found for. */
  readonly found: Set<string>;
}

function surveyRecord(
  record: SourceRecord,
  { rules, passwords, types, groups, found }: Surveyor,
): SampledUser | undefined {
  const { draft, issues: mapping } = rules.map(record);
  for (const [name, type] of types) {
    const value = draft.profile[name];
    if (value !== undefined) types.set(name, commonType(type, typeOf(value)));
  }
  for (const name of draft.groups ?? []) if (groups.size < MOST_GROUPS) groups.add(name);
  const folded = foldLogin(draft.login);
  const account = passwords.get(folded);
  if (account === undefined || found.has(folded)) return undefined;
  const { scenario, otherwise } = rules;
  const issues = [...mapping, ...rules.validate(draft)];
  const decision = decideAction({ draft, issues, scenario, otherwise, groupIds: [] });
  if (decision.kind === "reject") return undefined;
  const { label, route } = decision.password;
  if (route === "rejected") return undefined;
  found.add(folded);
  return { seq: record.seq, login: account.login, password: account.password, label, route };
}

function typeOf(value: ProfileValue): string {
  if (typeof value === "object") return `array of ${typeOf(value[0] ?? "")}`;
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** The type that takes both; where none does the first stays, and the import tells of the others. */
function commonType(one: string, other: string): string {
  if (one === "") return other;
  const bothNumbers = [one, other].toSorted().join() === "integer,number";
  return bothNumbers ? "number" : one;
}

function definitionOf(title: string, type: string): object {
  const items = /^array of (.+)$/.exec(type)?.[1];
  if (items !== undefined) return { title, type: "array", items: { type: items } };
  return { title, type: type === "" ? "string" : type };
}
