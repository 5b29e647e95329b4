// Runs all checks: what does not depend on one another side by side, in two lanes, each told when it ends.
import { spawn } from "node:child_process";

const LANES = [
  ["check:lint", "check:arrows", "check:unused"],
  ["check:types", "check:docs"],
];

const failed = [];

/** Runs a script of package.json, and tells what it said. */
async function run(name) {
  const child = spawn("npm", ["run", "--silent", name], { shell: process.platform === "win32" });
  const told = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => told.push(chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  process.stdout.write(`${name}: ${code === 0 ? "ok" : "failed"}\n`);
  process.stdout.write(Buffer.concat(told));
  if (code !== 0) failed.push(name);
}

async function runLane(names) {
  for (const name of names) await run(name);
}

await run("check:format");
await Promise.all(LANES.map(runLane));
await runLane(["build", "check:package"]);
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
