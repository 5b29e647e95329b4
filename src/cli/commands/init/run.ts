import {
  ConfigError,
  type DirectorySchema,
  SourceError,
  type SourceHead,
  type UserSource,
} from "../../../core/index.ts";
import {
  type DraftedSource,
  type DraftingAnswers,
  draftMapping,
  type HashSecrets,
  type MigrationConfig,
  namesPeople,
  type SourceFacts,
  SourceLook,
  withPreset,
} from "../../../mapping/index.ts";
import { connectOrg } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import type { SourceOptions } from "../../../sources/index.ts";
import { builtInSchema } from "../../../validation/index.ts";
import { namesOrg } from "../../access/choose-way.ts";
import { readOrgAccess } from "../../access/org-access.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { sourceOptions, withInput } from "../../run/locate-run.ts";
import { openRunSource } from "../../run/open-run-source.ts";
import { readConfig } from "../../run/read-config.ts";
import { readHashSecrets } from "../../run/read-hash-secrets.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import { askAnswers } from "./ask-answers.ts";
import type { InitOptions } from "./options.ts";
import { printDraft, writeDraftLine } from "./render.ts";
import { assertFree, writeFiles } from "./write-files.ts";

/** Looks at a source and drafts `migration.yaml` for it. */
export async function runInit(options: InitOptions): Promise<ExitCode> {
  const session = openSession(options);
  const { clock, terminal, environment } = session;
  await assertFree(options);
  const { preset, hashes } = options;
  const config =
    options.source === undefined || preset !== undefined
      ? await readConfig({ config: undefined, preset, hashes })
      : undefined;
  const named = namedSource(options, config);
  if (named === undefined) throw sourceMissing();
  const stop = openStopSignal({ clock, stopAt: undefined, onStop: () => undefined });
  try {
    const preset = presetAlone(config);
    const source = await openRunSource(withInput(named), preset, {
      environment,
      // Programs are told of the draft in one line.
      events: options.json ? { emit: () => undefined } : session.events,
      signal: stop.signal,
    });
    const looking = lookAt(source, options.lookAt, { session, signal: stop.signal });
    const seen = await unlessStopped(looking, stop.signal);
    const schema = await unlessStopped(readSchema(session), stop.signal);
    terminal.clear();
    if (seen === undefined || schema === undefined) return EXIT.interrupted;
    const secrets = await readHashSecrets(environment);
    const month = new Date(clock.wallNow()).toISOString().slice(0, "2026-11".length);
    const input = { ...seen, schema, secrets, month, preset, source: describeSource(named) };
    const answers = await settle(input, options, session);
    if (answers === "interrupted") return EXIT.interrupted;
    const draft = draftMapping({ ...input, answers });
    const files = await writeFiles(draft, options);
    const told = { draft, files, facts: seen.facts, head: seen.head, source, schema };
    if (options.json) writeDraftLine(told);
    else printDraft(told, session);
    return EXIT.ok;
  } finally {
    stop.dispose();
    terminal.clear();
  }
}

function namedSource(
  options: InitOptions,
  config: MigrationConfig | undefined,
): SourceOptions | undefined {
  const named = sourceOptions(options, config);
  const { database } = options;
  return named === undefined || database === undefined ? named : { ...named, database };
}

/** What the preset says by itself: the draft goes in the place of what an older file adds to it. */
function presetAlone(config: MigrationConfig | undefined): MigrationConfig | undefined {
  return config?.preset === undefined ? undefined : withPreset(undefined, config.preset);
}

interface DraftBase {
  readonly preset: MigrationConfig | undefined;
  readonly source: DraftedSource;
  readonly head: SourceHead;
  readonly facts: SourceFacts;
  readonly schema: DirectorySchema;
  readonly secrets: HashSecrets;
  readonly month: string;
}

/** What only the operator knows, asked where somebody is there to answer. */
async function settle(
  input: DraftBase,
  { scenario, yes }: InitOptions,
  { canAsk }: Session,
): Promise<DraftingAnswers | "interrupted"> {
  const given: DraftingAnswers = scenario === undefined ? {} : { scenario };
  if (yes || !canAsk) return given;
  return askAnswers((answers) => draftMapping({ ...input, answers }).questions, given);
}

/** Reads the first records, and what they hold. */
async function lookAt(
  source: UserSource,
  records: number,
  { session, signal }: { readonly session: Session; readonly signal: AbortSignal },
): Promise<{ readonly head: SourceHead; readonly facts: SourceFacts }> {
  const head = await source.head();
  if (namesPeople(head.columns)) throw headerMissing();
  const look = new SourceLook(head.columns);
  let isPart = false;
  for await (const batch of source.read()) {
    for (const entry of batch) {
      isPart = look.records >= records;
      if (isPart) break;
      look.add(entry);
    }
    if (isPart || signal.aborted) break;
    session.terminal.progress(`Looking at ${source.name}: ${look.records} records …`);
  }
  return { head, facts: look.facts(isPart) };
}

/** The org's own schema where an org is named, else what all orgs have. */
async function readSchema({ environment, clock, events }: Session): Promise<DirectorySchema> {
  if (!namesOrg(environment)) return builtInSchema();
  const purpose = { creates: false, groups: false, hook: false };
  const access = await readOrgAccess({ environment, purpose, events });
  const org = connectOrg({
    ...access,
    rateShare: 0.5,
    maxConcurrency: 1,
    clock,
    random: systemRandom,
    events,
  });
  try {
    return (await org.readSchema()) ?? builtInSchema();
  } finally {
    await org.close();
  }
}

/** The source as the config names it: what can stand in a file. */
function describeSource(source: SourceOptions): DraftedSource {
  const { stdin: _, password: __, signal: ___, ...described } = source;
  return described;
}

function sourceMissing(): ConfigError {
  return new ConfigError({
    code: "SOURCE_MISSING",
    at: "[source]",
    message: "No source is named, neither on the command line nor in migration.yaml.",
    hint: "Name one, as in: okta-migrate init users.csv",
  });
}

function headerMissing(): SourceError {
  return new SourceError({
    code: "SOURCE_HEADER",
    message: "The first line looks like a record, not like a header that names the columns.",
    hint: "Write the columns' names into the first line.",
    line: 1,
  });
}
