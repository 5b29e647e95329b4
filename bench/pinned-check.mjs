// One `check` on one core, as a row of the bench: start of the process included.
import { spawnSync } from "node:child_process";
import { cliArguments, runNode } from "./children.mjs";
import { costOf } from "./table.mjs";

/**
 * @param {readonly string[]} args of `check`, without the command itself
 * @param {object} how
 * @param {string} how.name of the row
 * @param {number} how.records that the source has, all of them good
 * @param {number} how.least records a second that the floor asks for
 * @param {(attributes: number) => string} how.what was read, for people
 */
export async function measurePinnedCheck(args, { folder, name, records, least, what }) {
  const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
  const end = await runNode(cliArguments(["check", ...args, "--json"]), { cwd: folder, pinned });
  const summary = end.events.findLast(({ event }) => event === "summary");
  if (summary.records !== records || summary.rejected !== 0) {
    throw new Error(`check found ${summary.records} records, ${summary.rejected} of them bad`);
  }
  const { mapping } = end.events.find(({ event }) => event === "plan");
  const { wallMs, cpuMs, waitedMs, peakMb } = end;
  const perSecond = (records * 1000) / wallMs;
  return {
    name,
    figure: `${perSecond.toFixed(0)}/s, ${peakMb?.toFixed(0) ?? "?"} MB at most`,
    floor: `≥ ${least}/s`,
    met: perSecond >= least,
    detail:
      `${what(mapping.length)}; ${(wallMs / 1000).toFixed(1)} s; ` +
      `${pinned ? "on one core" : "core not pinned"}; ${costOf(end)}`,
    values: { perSecond, wallMs, cpuMs, waitedMs, peakMb, pinned },
  };
}
