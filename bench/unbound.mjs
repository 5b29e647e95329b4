// How fast an import is when nothing bounds it, beside the barest loop on the same org.
import { clientFile, runNode } from "./children.mjs";
import { importUsers } from "./import-run.mjs";
import { userFile } from "./inputs.mjs";
import { packageVersion } from "./machine.mjs";
import { startOrg } from "./org.mjs";

const IN_FLIGHT = 50;
const LEAST_RATIO = 0.7;

/** Import and bare loop in turn, and Okta's SDK once; the org is emptied in between. */
export async function measureUnbound({ folder, quick }) {
  const rounds = quick ? 1 : 3;
  const users = quick ? 20_000 : 100_000;
  const sdkUsers = 20_000;
  const file = await userFile(folder, users);
  for (const size of [users, sdkUsers]) await userFile(folder, size, "ndjson");
  const org = await startOrg(folder);
  const ours = [];
  const loops = [];
  const how = { cwd: folder, env: org.env };
  for (let round = 0; round < rounds; round += 1) {
    const args = [folder, String(users), String(IN_FLIGHT)];
    loops.push(
      await timed(org, users, () => runNode([clientFile("client-bare-loop.mjs"), ...args], how)),
    );
    ours.push(await timed(org, users, () => importUsers({ folder, file, org })));
  }
  const sdkArgs = [clientFile("client-okta-sdk.mjs"), folder, String(sdkUsers), String(IN_FLIGHT)];
  const sdk = await timed(org, sdkUsers, () => runNode(sdkArgs, how));
  await org.close();
  const ratios = ours.map(({ perSecond }, round) => perSecond / loops[round].perSecond);
  const sdkName = `@okta/okta-sdk-nodejs ${packageVersion("@okta/okta-sdk-nodejs")}`;
  return [
    {
      name: "no limit, no latency: import, sending",
      figure: `${middle(ours, "perSecond")}/s`,
      detail: `${users} users, ${rounds} times; ${costs(ours)}`,
      values: { users, ours },
    },
    {
      name: "no limit, no latency: import, whole run",
      figure: `${middle(ours, "wholePerSecond")}/s`,
      detail: "start, reading, planning, sending and the files of the end",
    },
    {
      name: "no limit, no latency: bare loop",
      figure: `${middle(loops, "perSecond")}/s`,
      detail: `${IN_FLIGHT} in flight; ${costs(loops)}`,
      values: { loops },
    },
    {
      name: "no limit, no latency: import to bare loop",
      figure: spread(ratios, 3),
      floor: `≥ ${LEAST_RATIO}`,
      met: median(ratios) >= LEAST_RATIO,
      detail: "min / median / max of the rounds; the median is judged",
      values: { ratios },
    },
    {
      name: `no limit, no latency: ${sdkName}`,
      figure: `${sdk.perSecond.toFixed(0)}/s`,
      detail: `${sdkUsers} users, ${IN_FLIGHT} workers, http`,
      values: { sdk },
    },
  ];
}

async function timed(org, users, run) {
  const orgBefore = org.processorMs();
  const end = await run();
  const orgCpuMs = org.processorMs() - orgBefore;
  const span = await org.createdSpan();
  if (span.users !== users) throw new Error(`the org holds ${span.users} of ${users}`);
  await org.reset();
  return {
    perSecond: (users * 1000) / span.spanMs,
    wholePerSecond: (users * 1000) / end.wallMs,
    spanMs: span.spanMs,
    wallMs: end.wallMs,
    cpuMs: end.cpuMs,
    waitedMs: end.waitedMs,
    orgCpuMs,
    peakMb: end.peakMb,
  };
}

function costs(runs) {
  const [cpu, waited, org] = ["cpuMs", "waitedMs", "orgCpuMs"].map((name) => middle(runs, name));
  return `ms of processor: ${cpu}, of the org: ${org}; waited for a core: ${waited}`;
}

function middle(runs, name) {
  return spread(
    runs.map((run) => run[name]),
    0,
  );
}

function spread(numbers, digits) {
  const sorted = numbers.toSorted((left, right) => left - right);
  const shown = [sorted[0], median(numbers), sorted.at(-1)].map((value) => value?.toFixed(digits));
  return numbers.length === 1 ? shown[0] : shown.join(" / ");
}

function median(numbers) {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1];
}
