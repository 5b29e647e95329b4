// Kills the built command line with SIGKILL, again and again, while the org misbehaves in every way,
// and audits each run after its last resume: every record one outcome, every user once.
//
//   node scripts/kills.mjs [--kills 200] [--seed N] [--json] [--keep]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rehearse } from "./kills/rehearse.mjs";
import { seededChoices } from "./kills/seeded.mjs";
import { STEPS } from "./kills/step-at-kill.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    cli: {
      type: "string",
      default: fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)),
    },
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const wanted = Number(values.kills);
const seed = Number(values.seed);
const KILLS_A_RUN = [3, 7];
/** A short series need not come to every step. */
const ALL_STEPS_FROM = 100;

const choices = seededChoices(seed);
const folder = mkdtempSync(join(tmpdir(), "okta-migrate-kills-"));
const { startEmulator } = await import(new URL("../emulator/index.js", `file://${values.cli}`));
const total = {
  kills: 0,
  runs: 0,
  lives: 0,
  retries: 0,
  steps: {},
  moments: {},
  faults: {},
  complaints: [],
};

const missedSteps = () =>
  wanted >= ALL_STEPS_FROM ? STEPS.filter((step) => total.steps[step] === undefined) : [];
// A step that is still missing gets some more kills before it counts as never hit.
const mayGoOn = () => total.kills < wanted * 1.5 && missedSteps().length > 0;

for (let number = 0; total.kills < wanted || mayGoOn(); number += 1) {
  const drawn = choices.whole(...KILLS_A_RUN);
  const kills = total.kills < wanted ? Math.min(wanted - total.kills, drawn) : drawn;
  const found = await rehearse({
    choices,
    number,
    folder: join(folder, String(number)),
    cli: values.cli,
    startEmulator,
    kills,
  });
  total.runs += 1;
  for (const name of ["kills", "lives", "retries"]) total[name] += found[name];
  for (const [step, { kills: hit, records }] of found.steps) {
    const known = (total.steps[step] ??= { kills: 0, records: 0 });
    known.kills += hit;
    known.records += records;
  }
  for (const [moment, count] of found.moments)
    total.moments[moment] = (total.moments[moment] ?? 0) + count;
  for (const [fault, count] of Object.entries(found.faults))
    total.faults[fault] = (total.faults[fault] ?? 0) + count;
  for (const complaint of found.complaints) total.complaints.push(`run ${number}: ${complaint}`);
  process.stderr.write(
    `run ${number}: ${found.kills} kills, ${found.complaints.length} complaints (${total.kills} of ${wanted} kills)\n`,
  );
}

const missed = missedSteps();
if (values.json) {
  console.log(JSON.stringify({ seed, ...total, missed }));
} else {
  console.log(
    `seed ${seed}: ${total.kills} kills in ${total.runs} runs (${total.lives} processes killed or ended before, ${total.retries} retries)`,
  );
  console.table(
    Object.fromEntries(STEPS.map((step) => [step, total.steps[step] ?? { kills: 0, records: 0 }])),
  );
  console.table(total.moments);
  console.table(total.faults);
  for (const step of missed) console.log(`never hit: ${step}`);
  for (const complaint of total.complaints) console.log(complaint);
}
if (total.complaints.length + missed.length > 0) process.exitCode = 1;
if (values.keep || total.complaints.length > 0) process.stderr.write(`kept: ${folder}\n`);
else rmSync(folder, { recursive: true, force: true });
