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

/** An import and its peers, one after the other, each on an org emptied before. */
export async function measureConcurrencyBound({ folder, quick }) {
  const users = quick ? 15_000 : 45_000;
  const file = await userFile(folder, users);
  await userFile(folder, users, "ndjson");
  const sdk = `@okta/okta-sdk-nodejs ${packageVersion("@okta/okta-sdk-nodejs")}`;
  const rows = [];
  const certificate = makeCertificate(folder);
  for (const tls of certificate === undefined ? [undefined] : [undefined, certificate]) {
    const scheme = tls === undefined ? "http" : "https";
    const flags = ["--latency-ms", LATENCY_MS, "--concurrency", CONCURRENCY].map(String);
    const org = await startOrg(folder, flags, tls);
    const time = async (name, run, floor) => {
      const end = await run();
      rows.push(await row({ name: `${name}, ${scheme}`, users, floor, org, end }));
      await org.reset();
    };
    const most = ["--max-concurrency", String(CONCURRENCY)];
    await time("import", () => importUsers({ folder, file, org, flags: most }), LEAST_PART);
    const args = [folder, String(users), String(CONCURRENCY)];
    const how = { cwd: folder, env: org.env };
    await time(sdk, () => runNode([clientFile("client-okta-sdk.mjs"), ...args], how));
    if (tls === undefined) {
      await time("bare loop", () => runNode([clientFile("client-bare-loop.mjs"), ...args], how));
    }
    await org.close();
  }
  return rows;
}

async function row({ name, users, floor, org, end }) {
  const span = await org.createdSpan();
  const { rateLimited } = await org.state();
  if (span.users !== users) throw new Error(`${name}: the org holds ${span.users} of ${users}`);
  // The first user was asked for one latency before it was made.
  const perSecond = (users * 1000) / (span.spanMs + LATENCY_MS);
  const part = perSecond / MOST_PER_SECOND;
  return {
    name: `${CONCURRENCY} at once, ${LATENCY_MS} ms: ${name}`,
    figure: `${perSecond.toFixed(1)}/s, ${(part * 100).toFixed(1)} % of ${MOST_PER_SECOND}/s`,
    ...(floor === undefined ? {} : { floor: `≥ ${floor * 100} %`, met: part >= floor }),
    detail: `${users} users; ${costOf(end)}; ${rateLimited.concurrency} refused`,
    values: {
      users,
      perSecond,
      part,
      spanMs: span.spanMs,
      cpuMs: end.cpuMs,
      waitedMs: end.waitedMs,
      rateLimited,
    },
  };
}
