// How fast records are read, mapped and validated on one core.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { cliArguments, runNode } from "./children.mjs";
import { WIDE_COLUMNS, wideFile } from "./inputs.mjs";
import { costOf } from "./table.mjs";

const LEAST_PER_SECOND = 50_000;

/** One `check` of each format, start of the process included. */
export async function measureCheckSpeed({ folder, quick }) {
  const records = quick ? 100_000 : 1_000_000;
  return [
    await measureFile(await wideFile(folder, records), { folder, records, format: "CSV" }),
    await measureFile(await wideFile(folder, records, "ndjson"), {
      folder,
      records,
      format: "NDJSON",
    }),
  ];
}

async function measureFile(file, { folder, records, format }) {
  const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
  const run = join(folder, `check-${format}`);
  const args = cliArguments(["check", file, "--run", run, "--json"]);
  const end = await runNode(args, { cwd: folder, pinned });
  const summary = end.events.findLast(({ event }) => event === "summary");
  if (summary.records !== records || summary.rejected !== 0) {
    throw new Error(`check found ${summary.records} records, ${summary.rejected} of them bad`);
  }
  const { mapping } = end.events.find(({ event }) => event === "plan");
  const perSecond = (records * 1000) / end.wallMs;
  return {
    name: `check of ${records} in ${format}`,
    figure: `${perSecond.toFixed(0)}/s, ${end.peakMb?.toFixed(0) ?? "?"} MB at most`,
    floor: `≥ ${LEAST_PER_SECOND}/s`,
    met: perSecond >= LEAST_PER_SECOND,
    detail:
      `${format} of ${WIDE_COLUMNS.length} columns, ${mapping.length} attributes and a bcrypt hash; ` +
      `${(end.wallMs / 1000).toFixed(1)} s; ${pinned ? "on one core" : "core not pinned"}; ${costOf(end)}`,
    values: {
      perSecond,
      wallMs: end.wallMs,
      cpuMs: end.cpuMs,
      waitedMs: end.waitedMs,
      peakMb: end.peakMb,
      pinned,
    },
  };
}
