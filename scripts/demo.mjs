// The main job on the embedded org: invent users, import them, kill the import, resume it, and sign
// one of them in with the old password.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const USERS = 1000;
const cli = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "okta-migrate-demo-"));
const tell = (text) => process.stderr.write(`${text}\n`);
const children = new Set();

function start(args, env = {}) {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const ended = new Promise((resolve) => {
    child.on("exit", (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, ended, lines: createInterface({ input: child.stdout }) };
}

async function importUsers(env, onProgress = () => undefined) {
  const running = start(["import", "users.csv", "--run", "run", "--yes", "--json"], env);
  let summary;
  for await (const line of running.lines) {
    const event = JSON.parse(line);
    if (event.event === "progress") onProgress(event, running.child);
    if (event.event === "summary") summary = event;
  }
  return { summary, ...(await running.ended) };
}

async function main() {
  tell(`1. ${USERS} invented users with bcrypt hashes`);
  const sample = [
    "sample",
    "--users",
    String(USERS),
    "--out",
    "users.csv",
    "--passwords",
    "passwords.csv",
  ];
  if (
    spawnSync(process.execPath, [cli, ...sample], { cwd: folder, stdio: "inherit" }).status !== 0
  ) {
    throw new Error("sample failed");
  }

  tell("2. an Okta org on this machine that takes 600 creates every two seconds");
  const emulator = start(["emulator", "--json", "--limit", "600", "--window-ms", "2000"]);
  const { url } = JSON.parse((await emulator.lines[Symbol.asyncIterator]().next()).value);
  const env = { OKTA_ORG_URL: url, OKTA_API_TOKEN: "emulator-token" };

  tell("3. the import, killed in the middle of it");
  const first = await importUsers(env, ({ phase, created }, child) => {
    if (phase === "sending" && created > 0) child.kill("SIGKILL");
  });
  tell(`   ended by ${first.signal ?? `exit code ${first.code}`}`);

  tell("4. the same command again: it resumes");
  const second = await importUsers(env);
  console.log(JSON.stringify(second.summary, undefined, 2));
  if (second.code !== 0 || second.summary?.created !== USERS) throw new Error("the import failed");

  const [login, password] = readFileSync(join(folder, "passwords.csv"), "utf8")
    .split("\n")[1]
    .split(",");
  const answer = await fetch(`${url}/api/v1/authn`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ username: login, password }),
  });
  const { status } = await answer.json();
  console.log(`sign-in: ${status === "SUCCESS" ? "ok" : "FAILED"} ${login}`);
  if (status !== "SUCCESS") throw new Error("the sign-in failed");
}

try {
  await main();
} catch (error) {
  tell(`demo: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
