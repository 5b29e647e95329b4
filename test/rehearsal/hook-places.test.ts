import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { ask, inventOldSystem, RIGHT, startService, WRONG } from "../support/hook-service.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What an old login endpoint was asked. */
interface AskedOf {
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An old login endpoint that knows one person, and is broken where `status` says so. */
async function startOldEndpoint() {
  const asked: AskedOf[] = [];
  const state = { status: 0 };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { authorization, "content-type": type } = request.headers;
      asked.push({ type, authorization, body });
      const isRight = body === "user=zoe%40example.com&pass=Z%C3%B6+%26+pass";
      response.writeHead(state.status || (isRight ? 204 : 422)).end("whatever");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/login`, asked, state };
}

it("passwords are checked by a sealed store first, and then by the old login endpoint", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 2, hash: "bcrypt" });
  const args = ["hook", "seal", old.path("users.csv"), "--store", old.store];
  expect((await runCli(args, { env: old.env })).code).toBe(0);
  const endpoint = await startOldEndpoint();
  const config = [
    "hook:",
    "  stores:",
    `    - sealed: ${old.store}`,
    `    - endpoint: ${endpoint.url}`,
    "      body: form",
    "      username: user",
    "      password: pass",
    "      right: [204]",
    "      wrong: [422]",
    "",
  ];
  writeFileSync(old.path("migration.yaml"), config.join("\n"));
  writeFileSync(old.path("token"), "Bearer an-endpoint-token\n", { mode: 0o600 });
  const env = { ...old.env, OKTA_MIGRATE_HOOK_ENDPOINT_TOKEN_FILE: old.path("token") };
  const flags = ["--config", old.path("migration.yaml"), "--plain-http"];
  const service = await startService({ env }, flags);
  const { secret } = old;
  const at = { url: service.url, secret };

  const [sealed] = old.users;
  expect(await ask(at, sealed?.login ?? "", sealed?.password ?? "")).toEqual(RIGHT);
  expect(endpoint.asked).toEqual([]);
  expect(await ask(at, " zoe@example.com", "Zö & pass")).toEqual(RIGHT);
  expect(endpoint.asked[0]).toMatchObject({
    type: "application/x-www-form-urlencoded",
    authorization: "Bearer an-endpoint-token",
  });
  expect(await ask(at, "zoe@example.com", "wrong")).toEqual(WRONG);

  endpoint.state.status = 500;
  expect(await ask(at, "zoe@example.com", "Zö & pass")).toMatchObject({ status: 503 });
  // Wrong there is not wrong everywhere, while another place can't tell.
  expect(await ask(at, sealed?.login ?? "", "wrong")).toMatchObject({ status: 503 });
  expect(await ask(at, sealed?.login ?? "", sealed?.password ?? "")).toEqual(RIGHT);

  service.child.kill("SIGINT");
  const { code, stdout, stderr } = await service.ended;
  expect(code).toBe(0);
  const search = new LeakSearch({ password: "Zö & pass", token: "an-endpoint-token", secret });
  expect(search.inText("serve", stdout + stderr)).toEqual([]);
  expect(readFileSync(old.store).includes("zoe")).toBe(false);
});
