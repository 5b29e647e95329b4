import { CanaryKeeper } from "../../../canary/index.ts";
import { CanaryLedgerFile } from "../../../journal/index.ts";
import { connectOrg } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { readOrgAccess } from "../../access/org-access.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { readConfig } from "../../run/read-config.ts";
import { defaultRunFolder } from "../../run/run-folder.ts";
import { openSession } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { humanCanaryView, jsonCanaryView } from "./canary-view.ts";
import { carryOutTrial } from "./carry-out-trial.ts";
import { originOfCases } from "./needed-cases.ts";
import type { CanaryOptions } from "./options.ts";

/** Part of each rate limit; a trial needs a few requests a second at most. */
const RATE_SHARE = 0.9;
const MAX_CONCURRENCY = 2;
const STOPPING =
  "Stopping: the throw-away user is removed first. Once more ends at once; canary --clean removes it then.";

/** Finds out with throw-away users what the org makes of hashes, or removes what was left. */
export async function runCanary(options: CanaryOptions): Promise<ExitCode> {
  const session = openSession(options);
  const { environment } = session;
  const purpose = { creates: true, groups: false, hook: false };
  const access = await readOrgAccess({ environment, purpose, events: session.events });
  const origin = options.clean ? undefined : originOfCases(options, await readConfig(options));
  const { clock, events, view } = session;
  const stop = openStopSignal({ clock, stopAt: undefined, onStop: () => view.say(STOPPING) });
  const org = connectOrg({
    ...access,
    rateShare: RATE_SHARE,
    maxConcurrency: MAX_CONCURRENCY,
    clock,
    random: systemRandom,
    events,
  });
  try {
    const ledger = await CanaryLedgerFile.open(ledgerFolder(org.orgUrl.host));
    try {
      const keeper = new CanaryKeeper({ users: org.canaries, ledger, clock });
      const told = options.json ? jsonCanaryView() : humanCanaryView(session.terminal);
      return await carryOutTrial({ options, session, org, keeper, view: told, stop }, origin);
    } finally {
      await ledger.close();
    }
  } finally {
    stop.dispose();
    session.terminal.clear();
    if (origin?.kind === "source" && origin.source.location === "-") process.stdin.destroy();
    await org.close();
  }
}

/** One for each org, whatever the source: the next trial finds what any earlier one left. */
function ledgerFolder(orgHost: string): string {
  return defaultRunFolder("canaries", orgHost);
}
