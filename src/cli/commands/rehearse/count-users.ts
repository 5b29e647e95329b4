import { join } from "node:path";
import { isUnreadable, type Summary } from "../../../core/index.ts";
import type { CountFacts } from "../../../reports/index.ts";
import { openSource } from "../../../sources/index.ts";

/** What is compared. */
export interface CountedRun {
  readonly summary: Summary;
  /** The run's folder. */
  readonly folder: string;
  readonly sendable: number;
  /** Okta ids of the users that the org has. */
  readonly orgUsers: ReadonlySet<string>;
}

/** Compares what a run says that it created with the users that the org has, id by id. */
export async function countUsers(run: CountedRun): Promise<CountFacts> {
  const { summary, folder, sendable, orgUsers } = run;
  const seen = new Set<string>();
  let createdRows = 0;
  let lost = 0;
  for await (const batch of openSource({ location: join(folder, "created.csv") }).read()) {
    for (const entry of batch) {
      createdRows += 1;
      const id = isUnreadable(entry) ? undefined : entry.fields.get("oktaId");
      if (typeof id !== "string" || !orgUsers.has(id)) lost += 1;
      else seen.add(id);
    }
  }
  const repeatedRows = createdRows - lost - seen.size;
  return { summary, sendable, createdRows, repeatedRows, lost, orgUsers: orgUsers.size };
}
