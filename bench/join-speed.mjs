// How fast records are joined with those of a second file of the same size, in an order of its own.
import { createWriteStream, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { cliArguments, runNode } from "./children.mjs";
import { costOf } from "./table.mjs";

const HASH = "$2b$10$abcdefghijklmnopqrstuuT826PRnz0Hu6YlprUuxkZxOOj5Fw5S2";
/** So far from each other do partners stand: a number that shares no divisor with the count. */
const STRIDE = 7919;
const MOST_MB = 350;

/** One `check` of users whose hashes stand in a second file. */
export async function measureJoinSpeed({ folder, quick }) {
  const records = quick ? 100_000 : 1_000_000;
  await writeLines(join(folder, "joined-users.ndjson"), records, (at) => ({
    id: `u${at}`,
    email: `u${at}@example.com`,
    firstName: "Ada",
    lastName: "Byron",
  }));
  await writeLines(join(folder, "joined-hashes.ndjson"), records, (at) => ({
    user: `u${(at * STRIDE) % records}`,
    hash: HASH,
  }));
  const config = join(folder, "joins.yaml");
  writeFileSync(
    config,
    "source: joined-users.ndjson\n" +
      "join: [{source: joined-hashes.ndjson, key: user, to: id, as: hashes}]\n" +
      "profile: {login: email, email: email, firstName: firstName, lastName: lastName}\n" +
      "password: {hash: hashes.hash}\n",
  );
  const args = ["check", "--config", config, "--run", join(folder, "joins"), "--json"];
  const end = await runNode(cliArguments(args), { cwd: folder });
  const joined = end.events.find(({ event }) => event === "source-joined");
  const summary = end.events.findLast(({ event }) => event === "summary");
  if (joined?.joined !== records || summary.rejected !== 0) {
    throw new Error(`${joined?.joined} of ${records} records were joined`);
  }
  const perSecond = (records * 1000) / end.wallMs;
  return [
    {
      name: `check of ${records} joined with ${records}`,
      figure: `${perSecond.toFixed(0)}/s, ${end.peakMb?.toFixed(0) ?? "?"} MB at most`,
      floor: `≤ ${MOST_MB} MB`,
      met: (end.peakMb ?? 0) <= MOST_MB,
      detail: `NDJSON, partners in another order; ${(end.wallMs / 1000).toFixed(1)} s; ${costOf(end)}`,
      values: { perSecond, wallMs: end.wallMs, cpuMs: end.cpuMs, peakMb: end.peakMb },
    },
  ];
}

async function writeLines(file, count, lineOf) {
  const out = createWriteStream(file);
  let block = "";
  for (let at = 0; at < count; at += 1) {
    block += `${JSON.stringify(lineOf(at))}\n`;
    if (block.length < 1 << 18 && at < count - 1) continue;
    if (!out.write(block)) await once(out, "drain");
    block = "";
  }
  out.end();
  await once(out, "close");
}
