import { ConfigError } from "../../../core/index.ts";
import { journalExists, openJournal } from "../../../journal/index.ts";
import { countRoutes } from "../../../reports/index.ts";
import { findOnlyRun } from "../../run/find-run.ts";
import { causesOf, summaryOf } from "../../run/finish-run.ts";
import { openSession } from "../../run/session.ts";

/** What `status` was asked for. */
export interface StatusOptions {
  readonly run: string | undefined;
  readonly json: boolean;
}

/**
 * Tells where a run stands.
 *
 * @throws {ConfigError} RUN_NOT_FOUND when the folder holds no run
 */
export async function runStatus({ run, json }: StatusOptions): Promise<void> {
  const folder = run ?? (await findOnlyRun());
  if (!(await journalExists(folder))) {
    throw new ConfigError({
      code: "RUN_NOT_FOUND",
      at: "--run",
      message: `${folder} holds no run.`,
      hint: "Name the folder of a run, as in: okta-migrate status DIR",
    });
  }
  const { view } = openSession({ json });
  const journal = await openJournal({ dir: folder, readOnly: true });
  try {
    const summary = await summaryOf(folder, journal);
    const routes = countRoutes(await journal.routes());
    const causes = await causesOf(journal);
    view.end({ kind: "run", summary, causes, routes, files: [], next: undefined });
  } finally {
    await journal.close();
  }
}
