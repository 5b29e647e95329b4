import { stat } from "node:fs/promises";
import {
  isMigrationError,
  isUnreadable,
  type SourceHead,
  type UserSource,
} from "../../../core/index.ts";
import type { SourceState } from "../../../reports/index.ts";
import { fileExposure, openSource, type SourceOptions } from "../../../sources/index.ts";
import type { Environment } from "../../environment.ts";
import { withPassword } from "../../run/source-access.ts";

/** Files up to this size are read to their end, to count what is in them. */
const COUNTED_BYTES = 64 * 1024 * 1024;

/** A source that was looked at. */
export interface SeenSource {
  readonly state: SourceState;
  /** Undefined where it was not opened, or can't be read. */
  readonly head: SourceHead | undefined;
}

/**
 * Looks at a source, and counts its records where that is quick. What is wrong with it is told in
 * the state. Standard input is left alone: it can be read only once.
 *
 * @param signal ends the looking
 */
export async function lookAtSource(
  options: SourceOptions,
  environment: Environment,
  signal: AbortSignal,
): Promise<SeenSource> {
  const { location } = options;
  if (location === "-") return { state: { location }, head: undefined };
  try {
    const source = openSource({ ...(await withPassword(options, environment)), signal });
    const head = await source.head();
    const isReadableByOthers = (await fileExposure(location)) === "readable-by-others";
    const isFile = source.replayable && source.isLive !== true;
    const isSmall = isFile && (await stat(location)).size <= COUNTED_BYTES;
    const records = isSmall ? await countRecords(source) : undefined;
    return {
      state: {
        location,
        description: head.description,
        isReadableByOthers,
        ...(records === undefined ? {} : { records }),
      },
      head,
    };
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    const { message, hint } = error;
    return { state: { location, problem: { message, hint } }, head: undefined };
  }
}

async function countRecords(source: UserSource): Promise<number> {
  let records = 0;
  for await (const batch of source.read()) {
    records += batch.filter((entry) => !isUnreadable(entry)).length;
  }
  return records;
}
