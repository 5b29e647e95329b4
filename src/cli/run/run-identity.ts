import { ConfigError } from "../../core/index.ts";
import type { RunIdentity } from "../../journal/index.ts";
import type { OrgUrl } from "../../okta/index.ts";
import { VERSION } from "../version.ts";
import type { PreparedRun } from "./prepare-run.ts";

/**
 * Refuses a folder whose run belongs to another org or another scenario.
 *
 * @throws {ConfigError} RUN_MISMATCH
 */
export function assertSameRun(known: RunIdentity, wanted: RunIdentity, folder: string): void {
  const differs =
    known.org === wanted.org
      ? known.scenario === wanted.scenario
        ? undefined
        : { what: "scenario", was: known.scenario, is: wanted.scenario }
      : { what: "org", was: known.org, is: wanted.org };
  if (differs === undefined) return;
  throw new ConfigError({
    code: "RUN_MISMATCH",
    at: "--run",
    message: `The run in ${folder} belongs to another ${differs.what}: ${differs.was}, not ${differs.is}.`,
    hint: "Name another folder in --run, or go on with what the run began with.",
  });
}

/**
 * Whether the source is another one than the run began with.
 *
 * @throws {ConfigError} SOURCE_CHANGED when it is, and nobody said that this is meant
 */
export function isSourceChanged(
  known: RunIdentity,
  wanted: RunIdentity,
  {
    allowed,
    isLive,
    folder,
  }: { readonly allowed: boolean; readonly isLive: boolean; readonly folder: string },
): boolean {
  const before = known.source;
  const now = wanted.source;
  const same =
    before.fingerprint === undefined && now.fingerprint === undefined
      ? true
      : before.fingerprint === now.fingerprint;
  // Of a source that changes unseen, the operator's word is taken.
  if (same) return isLive && allowed;
  if (allowed) return true;
  throw new ConfigError({
    code: "SOURCE_CHANGED",
    at: "source",
    message: `The run in ${folder} began with another source, or the file was changed since.`,
    hint: "Put the source back as it was, name another folder in --run, or give --source-changed to go on by login.",
  });
}

/** What a run belongs to, as far as it is known before its journal is opened. */
export async function identityOf(prepared: PreparedRun, orgUrl: OrgUrl): Promise<RunIdentity> {
  const { source, scenario, rulesFingerprint } = prepared;
  return {
    org: orgUrl.origin,
    scenario,
    source: {
      location: source.location,
      name: source.name,
      fingerprint: await source.fingerprint(),
    },
    mapping: rulesFingerprint,
    toolVersion: VERSION,
  };
}
