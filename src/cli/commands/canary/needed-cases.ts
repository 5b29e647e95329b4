import {
  type CanaryCase,
  namedCases,
  ShapeTally,
  withOddPasswords,
} from "../../../canary/index.ts";
import { ConfigError, type DirectorySchema, isUnreadable } from "../../../core/index.ts";
import { type Mapping, type MigrationConfig, planMapping } from "../../../mapping/index.ts";
import type { SourceOptions } from "../../../sources/index.ts";
import { sourceOptions, withInput } from "../../run/locate-run.ts";
import { openRunSource } from "../../run/open-run-source.ts";
import { readHashSecrets } from "../../run/read-hash-secrets.ts";
import type { Session } from "../../run/session.ts";
import { settleFormat } from "../../run/settle-format.ts";
import type { CanaryOptions } from "./options.ts";

/** Where the cases come from: algorithms that are named, or a source. */
export type CaseOrigin =
  | { readonly kind: "named"; readonly cases: readonly CanaryCase[] }
  | {
      readonly kind: "source";
      readonly source: SourceOptions;
      readonly config: MigrationConfig | undefined;
    };

/**
 * Finds out where the cases come from; reads nothing yet.
 *
 * @throws {ConfigError} SOURCE_MISSING when neither algorithms nor a source are named
 */
export function originOfCases(
  options: CanaryOptions,
  config: MigrationConfig | undefined,
): CaseOrigin {
  if (options.algorithms !== undefined) {
    return { kind: "named", cases: namedCases(options.algorithms) };
  }
  const source = sourceOptions(options, config);
  if (source !== undefined) return { kind: "source", source: withInput(source), config };
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at: "[source]",
    message: "It is not known which hashes to try: no source is named, and no algorithm.",
    hint: "Name one, as in: okta-migrate canary users.csv, or: okta-migrate canary --algorithm bcrypt",
  });
}

/** What cases are found out with. */
export interface CaseSearch {
  readonly session: Pick<Session, "environment" | "events" | "canAsk" | "view">;
  readonly schema: DirectorySchema;
  readonly thorough: boolean;
  /** Ends the reading; what was read by then counts. */
  readonly signal: AbortSignal;
}

/**
 * The cases to be tried: for a source, one for each shape that its hashes would be sent in. Of every
 * record the password alone is looked at, and nothing of it is kept but its shape.
 *
 * @throws {SourceError} when the source can't be read
 * @throws {ConfigError} MAPPING_INCOMPLETE, CONFIG_INVALID, PASSWORD_FORMAT_AMBIGUOUS
 */
export async function neededCases(
  origin: CaseOrigin,
  search: CaseSearch,
): Promise<readonly CanaryCase[]> {
  const cases = origin.kind === "named" ? origin.cases : await casesOfSource(origin, search);
  return search.thorough ? withOddPasswords(cases) : cases;
}

async function casesOfSource(
  origin: Extract<CaseOrigin, { kind: "source" }>,
  { session, schema, signal }: CaseSearch,
): Promise<readonly CanaryCase[]> {
  const source = await openRunSource(origin.source, origin.config, { ...session, signal });
  const head = await source.head();
  const secrets = await readHashSecrets(session.environment);
  const plan = (config: MigrationConfig | undefined): Mapping =>
    planMapping({ head, config, schema, secrets });
  const mapping = await settleFormat(plan, origin.config, session);
  const tally = new ShapeTally();
  if (!mapping.carriesPasswords) return [];
  for await (const batch of source.read()) {
    if (signal.aborted) break;
    for (const entry of batch) {
      if (isUnreadable(entry)) continue;
      const { password } = mapping.map(entry).draft;
      if (password.kind === "hash") tally.add(password.hash.reveal());
    }
  }
  return tally.cases();
}
