// How much of an org's concurrency limit an import uses, when latency alone bounds it; the same for
// Okta's SDK and for the barest loop, over http and over https.
import { clientFile, runNode } from "./children.mjs";
import { importUsers } from "./import-run.mjs";
import { makeCertificate, userFile } from "./inputs.mjs";
import { packageVersion } from "./machine.mjs";
import { startOrg } from "./org.mjs";
import { costOf } from "./table.mjs";

const LATENCY_MS = 100;
const CONCURRENCY = 75;
const MOST_PER_SECOND = (CONCURRENCY * 1000) / LATENCY_MS;
const LEAST_PART = 0.97;

/** Import and peers in turn, each on an org emptied before; once more where there is time. */
export async function measureConcurrencyBound({ folder, quick }) {
  const users = quick ? 15_000 : 45_000;
  const rounds = quick ? 1 : 2;
  const file = await userFile(folder, users);
  await userFile(folder, users, "ndjson");
  const certificate = makeCertificate(folder);
  const rows = [];
  for (const tls of certificate === undefined ? [undefined] : [undefined, certificate]) {
    const flags = ["--latency-ms", LATENCY_MS, "--concurrency", CONCURRENCY].map(String);
    const org = await startOrg(folder, flags, tls);
    const contestants = contestantsFor({ folder, users, file, org, tls });
    const found = contestants.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, { run }] of contestants.entries()) {
        found[index].push(await timed(org, users, run));
      }
    }
    await org.close();
    rows.push(...contestants.map((contestant, index) => row(contestant, found[index])));
  }
  return rows;
}

function contestantsFor({ folder, users, file, org, tls }) {
  const scheme = tls === undefined ? "http" : "https";
  const most = ["--max-concurrency", String(CONCURRENCY)];
  const args = [folder, String(users), String(CONCURRENCY)];
  const client = (name) => () =>
    runNode([clientFile(name), ...args], { cwd: folder, env: org.env });
  const sdk = `@okta/okta-sdk-nodejs ${packageVersion("@okta/okta-sdk-nodejs")}`;
  return [
    {
      name: `import, ${scheme}`,
      run: () => importUsers({ folder, file, org, flags: most }),
      floor: LEAST_PART,
    },
    { name: `${sdk}, ${scheme}`, run: client("client-okta-sdk.mjs") },
    ...(tls === undefined
      ? [{ name: `bare loop, ${scheme}`, run: client("client-bare-loop.mjs") }]
      : []),
  ];
}

async function timed(org, users, run) {
  const { cpuMs, waitedMs } = await run();
  const span = await org.createdSpan();
  const { rateLimited } = await org.state();
  await org.reset();
  if (span.users !== users) throw new Error(`the org holds ${span.users} of ${users}`);
  // The first user was asked for one latency before it was made.
  const perSecond = (users * 1000) / (span.spanMs + LATENCY_MS);
  return { users, perSecond, cpuMs, waitedMs, refused: rateLimited.concurrency };
}

/** The best round counts: what else the machine does can only slow one down. */
function row({ name, floor }, rounds) {
  const best = rounds.toSorted((left, right) => right.perSecond - left.perSecond)[0];
  const part = best.perSecond / MOST_PER_SECOND;
  const all = rounds.map(({ perSecond }) => perSecond.toFixed(1)).join(", ");
  return {
    name: `${CONCURRENCY} at once, ${LATENCY_MS} ms: ${name}`,
    figure: `${best.perSecond.toFixed(1)}/s, ${(part * 100).toFixed(1)} % of ${MOST_PER_SECOND}/s`,
    ...(floor === undefined ? {} : { floor: `≥ ${floor * 100} %`, met: part >= floor }),
    detail: `${best.users} users; rounds ${all}; ${costOf(best)}; ${best.refused} refused`,
    values: { part, rounds },
  };
}
