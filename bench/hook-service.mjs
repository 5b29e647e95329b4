// The hook service as an operator runs it: a sealed store of bcrypt hashes, served in a process of its own.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { cliArguments, clientFile, runNode, startNode } from "./children.mjs";
import { hookCall, LOGINS } from "./hook-call.mjs";
import { BCRYPT_10 } from "./verify-kinds.mjs";

/** Seals a store, serves it, and waits until it is ready. */
export async function startHookService(folder) {
  const secret = randomBytes(24).toString("base64");
  const secretFile = join(folder, "hook.secret");
  writeFileSync(join(folder, "seal.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  writeFileSync(secretFile, secret, { mode: 0o600 });
  const rows = Array.from({ length: LOGINS }, (_, at) => `u${at}@example.com,${BCRYPT_10.text}`);
  const source = join(folder, "hook-users.csv");
  writeFileSync(source, ["login,password_hash", ...rows, ""].join("\n"), { mode: 0o600 });
  const env = {
    OKTA_MIGRATE_SEAL_KEY_FILE: "seal.key",
    OKTA_MIGRATE_HOOK_SECRET_FILE: "hook.secret",
  };
  const how = { cwd: folder, env };
  const store = ["--store", "hook.sealed", "--json"];
  await runNode(cliArguments(["hook", "seal", source, ...store]), how);
  const running = startNode(cliArguments(["hook", "serve", "--plain-http", ...store]), how);
  /** What the service itself told of calls, in the order of its answers. */
  const told = [];
  const url = await new Promise((resolve) => {
    running.lines.on("line", (line) => {
      const event = JSON.parse(line);
      if (event.event === "listening") resolve(event.url);
      if (event.event === "answered") told.push(event);
    });
  });
  const agent = new Agent({ keepAlive: true });
  while ((await get(`${url}/readyz`, agent)).status !== 200) await pause(50);
  let asked = 0;
  return {
    /** One call, for closed loops. */
    ask: () => {
      asked += 1;
      return post(`${url}/`, { agent, secret, body: hookCall(asked) });
    },
    /** Calls by a process of their own: what each of them saw, and what the service told of them. */
    callAt: async (perSecond, ms) => {
      while (told.length < asked) await pause(20);
      const calling = { url: `${url}/`, secretFile, first: asked, perSecond, ms };
      const client = [clientFile("./client-hook-calls.mjs"), JSON.stringify(calling)];
      const { events } = await runNode(client, how);
      const [{ calls, connections, tookMs }] = events;
      const before = asked;
      asked += calls.length;
      while (told.length < asked) await pause(20);
      return { perSecond, calls, connections, told: told.slice(before), tookMs };
    },
    metric: async (name) => {
      const { text } = await get(`${url}/metrics`, agent);
      return Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.split(" ")[1],
      );
    },
    close: async () => {
      agent.destroy();
      running.child.kill("SIGTERM");
      return running.ended;
    },
  };
}

function post(url, { agent, secret, body }) {
  const startedAt = performance.now();
  const headers = { authorization: secret, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => {
        resolve({ status: response.statusCode, ms: performance.now() - startedAt });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function get(url, agent) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (more) => (text += more));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
