import { ConfigError, type EventSink, type UserSource } from "../../core/index.ts";
import { type ConfiguredJoin, type MigrationConfig, planJoin } from "../../mapping/index.ts";
import { secretRandomBytes } from "../../platform/index.ts";
import {
  type Join,
  JoinedSource,
  type JoinReport,
  openSource,
  type SourceOptions,
} from "../../sources/index.ts";
import type { Environment } from "../environment.ts";
import { withPassword } from "./source-access.ts";

const KEY_BYTES = 32;

/** What sources are opened with. */
export interface Surroundings {
  readonly environment: Environment;
  readonly events: EventSink;
  /** Ends the reading. @default only the reader does */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the source of a run, with what the config joins to it.
 *
 * @throws {ConfigError} CONFIG_INVALID for a key that is none, OPTION_INVALID for a source that is
 * @throws {SourceError} when a source can't be read
 */
export async function openRunSource(
  options: SourceOptions,
  config: MigrationConfig | undefined,
  surroundings: Surroundings,
): Promise<UserSource> {
  const { environment, events, signal } = surroundings;
  const open = async (named: SourceOptions): Promise<UserSource> => {
    const found = await withPassword(named, environment);
    return openSource(signal === undefined ? found : { ...found, signal });
  };
  const source = await open(options);
  if (config === undefined || config.joins.length === 0) return source;
  const main = await source.head();
  const joins: Join[] = [];
  for (const join of config.joins) {
    const joined = await open(joinedOptions(join));
    const keys = planJoin(join, { main, joined: await joined.head() }, config);
    joins.push({ source: joined, as: join.as, partners: join.many ? "many" : "one", ...keys });
  }
  return new JoinedSource({
    source,
    joins,
    encryptionKey: () => Buffer.from(secretRandomBytes(KEY_BYTES)).toString("hex"),
    onJoined: (report) => tellJoined(report, events),
  });
}

function joinedOptions({ source, line }: ConfiguredJoin): SourceOptions {
  const { location, ...reading } = source;
  if (location !== undefined && location !== "-") return { ...reading, location };
  const at = line === undefined ? "join" : `join in line ${line}`;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `The ${at} of migration.yaml names standard input, or nothing: it is read before the main source.`,
    hint: "Save it to a file and name that.",
  });
}

function tellJoined({ unusable, unusableLines, ...report }: JoinReport, events: EventSink): void {
  events.emit({ event: "source-joined", ...report });
  if (unusable === 0) return;
  const more = unusable > unusableLines.length ? " and others" : "";
  events.emit({
    event: "warning",
    message: `${unusable} records of ${report.source} can't be read or have no key: lines ${unusableLines.join(", ")}${more}. Whoever they belong to goes without.`,
    hint: "Mend them there, and check again.",
  });
}
