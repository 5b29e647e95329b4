// Measures the built command line: `npm run bench [-- --only NAME,… --quick --json FILE]`.
// What is measured, how, and what was seen is in docs/performance.md.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureCheckSpeed } from "./check-speed.mjs";
import { measureDatabaseSpeed } from "./database-speed.mjs";
import { endAll } from "./children.mjs";
import { measureConcurrencyBound } from "./concurrency-bound.mjs";
import { measureDirectorySpeed } from "./directory-speed.mjs";
import { measureHookSpeed } from "./hook-speed.mjs";
import { measureJoinSpeed } from "./join-speed.mjs";
import { measureLargeRuns } from "./large-runs.mjs";
import { measureEmulatorSpeed } from "./emulator-speed.mjs";
import { machineFacts } from "./machine.mjs";
import { readOptions } from "./options.mjs";
import { measureProofCost } from "./proof-cost.mjs";
import { measureStartTime } from "./start-time.mjs";
import { printMachine, printRows } from "./table.mjs";
import { measureUnbound } from "./unbound.mjs";
import { measureVerifySpeed } from "./verify-speed.mjs";
import { measureWindowFill } from "./window-fill.mjs";

const MEASUREMENTS = new Map([
  ["start", measureStartTime],
  ["emulator", measureEmulatorSpeed],
  ["check", measureCheckSpeed],
  ["joins", measureJoinSpeed],
  ["databases", measureDatabaseSpeed],
  ["directories", measureDirectorySpeed],
  ["verify", measureVerifySpeed],
  ["hook", measureHookSpeed],
  ["unbound", measureUnbound],
  ["large", measureLargeRuns],
  ["concurrency", measureConcurrencyBound],
  ["windows", measureWindowFill],
  ["dpop", measureProofCost],
]);

const print = (text) => console.log(text);
const folder = mkdtempSync(join(tmpdir(), "okta-migrate-bench-"));
process.once("SIGINT", () => {
  endAll();
  process.exitCode = 130;
});

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode ||= 2;
} finally {
  endAll();
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const names = [...MEASUREMENTS.keys()];
  const options = readOptions(names);
  if (options.help) {
    print(`node bench/run.mjs [--only ${names.join(",")}] [--quick] [--json FILE]`);
    return;
  }
  const facts = machineFacts(folder);
  printMachine(facts, print);
  const rows = [];
  for (const [name, measure] of MEASUREMENTS) {
    if (!options.only.has(name)) continue;
    const found = await measure({ folder, quick: options.quick });
    print("");
    printRows(found, print);
    rows.push(...found);
  }
  if (options.jsonFile !== undefined) {
    const result = { machine: facts, quick: options.quick, rows };
    writeFileSync(options.jsonFile, `${JSON.stringify(result, undefined, 2)}\n`);
  }
  const missed = rows.filter(({ met }) => met === false).length;
  print(`\n${missed === 0 ? "every floor is met" : `${missed} floors are missed`}`);
  if (missed > 0) process.exitCode = 1;
}
