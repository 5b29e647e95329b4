// Invented users whose hashes are sealed in the shared store.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const USERS = 200;

/** @returns users with their passwords, the hook's secret, the environment, and how all is sealed again */
export async function prepareOldSystem({ folder, cli, store }) {
  const path = (name) => join(folder, name);
  const secret = randomBytes(24).toString("base64");
  writeFileSync(path("seal.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  writeFileSync(path("hook.secret"), secret, { mode: 0o600 });
  const env = {
    ...process.env,
    OKTA_MIGRATE_SEAL_KEY_FILE: path("seal.key"),
    OKTA_MIGRATE_HOOK_SECRET_FILE: path("hook.secret"),
  };
  const start = (args, more = {}) =>
    promisify(execFile)(process.execPath, [cli, ...args], { env, cwd: folder, ...more });
  const run = (...args) => start(args);
  const files = ["--out", path("users.csv"), "--passwords", path("passwords.csv")];
  await run("sample", "--users", String(USERS), "--hash", "bcrypt", ...files);
  const sealing = ["hook", "seal", path("users.csv"), "--store", store, "--json"];
  await run(...sealing);
  const rows = readFileSync(path("passwords.csv"), "utf8").trimEnd().split("\n").slice(1);
  const users = rows.map((row) => {
    const comma = row.indexOf(",");
    return { login: row.slice(0, comma), password: row.slice(comma + 1) };
  });
  return {
    users,
    secret,
    env,
    folder,
    store,
    seal: () => run(...sealing),
    /** Resolves with whether it was killed before it had sealed all. */
    sealAndKill: (afterMs) =>
      start(sealing, { timeout: afterMs, killSignal: "SIGKILL" }).then(
        () => false,
        (/** @type {unknown} */ error) => error instanceof Error && error.signal === "SIGKILL",
      ),
  };
}
