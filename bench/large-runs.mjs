// Whether memory stays level and time grows in a straight line, from a small run to a large one, and
// what it costs to find out that a finished run has nothing left to do.
import { importUsers } from "./import-run.mjs";
import { userFile } from "./inputs.mjs";
import { startOrg } from "./org.mjs";
import { costOf } from "./table.mjs";

const MOST_GROWTH = 1.2;
const MOST_MB = 250;

/** Imports a file and one ten times as long, then the second one again. */
export async function measureLargeRuns({ folder, quick }) {
  const sizes = quick ? [10_000, 100_000] : [100_000, 1_000_000];
  const runs = [];
  for (const users of sizes) {
    const file = await userFile(folder, users);
    const org = await startOrg(folder);
    const first = await importUsers({ folder, file, org });
    expectAll(first, users);
    const again = await importUsers({ folder, file, org, run: first.run });
    expectAll(again, users);
    const { spanMs } = await org.createdSpan();
    await org.close();
    runs.push({ users, first, again, spanMs });
  }
  const [small, large] = runs;
  const growth = large.first.peakMb / small.first.peakMb;
  const times = large.first.wallMs / small.first.wallMs;
  const isLevel = growth <= MOST_GROWTH && large.first.peakMb < MOST_MB;
  return [
    ...runs.map(({ users, first, spanMs }) => ({
      name: `import of ${users}`,
      figure: `${megabytes(first)} at most; ${seconds(first)}`,
      detail: `sending ${(spanMs / 1000).toFixed(1)} s; ${costOf(first)}`,
      values: { ...figuresOf(first), spanMs },
    })),
    {
      name: "memory, large run to small",
      figure: `${growth.toFixed(2)} times`,
      floor: `≤ ${MOST_GROWTH}, below ${MOST_MB} MB`,
      ...(Number.isNaN(growth) ? {} : { met: isLevel }),
      detail: "largest resident set of the import's process, as the system counts it",
    },
    {
      name: "time, large run to small",
      figure: `${times.toFixed(2)} times for 10 times the users`,
      detail: "whole runs",
    },
    {
      name: `same command again after ${large.users}`,
      figure: `${seconds(large.again)}, ${megabytes(large.again)}`,
      detail: `nothing is left to send; ${costOf(large.again)}`,
      values: figuresOf(large.again),
    },
  ];
}

function expectAll({ summary }, users) {
  if (summary.created === users && summary.finished) return;
  throw new Error(`the import made ${summary.created} of ${users}`);
}

function figuresOf({ peakMb, wallMs, cpuMs, waitedMs }) {
  return { peakMb, wallMs, cpuMs, waitedMs };
}

function megabytes({ peakMb }) {
  return peakMb === undefined ? "memory not known" : `${peakMb.toFixed(0)} MB`;
}

function seconds({ wallMs }) {
  return `${(wallMs / 1000).toFixed(1)} s`;
}
