import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const HEADERS = { authorization: "SSWS emulator-token", "content-type": "application/json" };

it("an org is kept in a file, and a file of something else is refused and left alone", async () => {
  const file = join(makeTempFolder(), "org.state");
  const start = async () => {
    const running = startCli(["emulator", "--json", "--state", file]);
    const { url } = await running.line(({ event }) => event === "listening");
    return { running, url: String(url) };
  };
  const first = await start();
  const login = "ines@example.com";
  const profile = { login, email: login, firstName: "Ines", lastName: "Moreau" };
  const credentials = { password: { value: "Invented password 1" } };
  const body = JSON.stringify({ profile, credentials });
  const created = await fetch(`${first.url}/api/v1/users`, {
    method: "POST",
    headers: HEADERS,
    body,
  });
  expect(created.status).toBe(200);

  const beside = await runCli(["emulator", "--json", "--state", file]);
  expect(beside.code).toBe(2);
  expect(beside.error?.message).toContain(
    `is in use: another emulator keeps its org there (process ${String(first.running.child.pid)})`,
  );
  first.running.child.kill("SIGTERM");
  expect((await first.running.ended).code).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const second = await start();
  const signIn = JSON.stringify({ username: "ines", password: "Invented password 1" });
  const authn = { method: "POST", headers: { "content-type": "application/json" }, body: signIn };
  expect((await fetch(`${second.url}/api/v1/authn`, authn)).status).toBe(200);
  second.running.child.kill("SIGINT");
  expect((await second.running.ended).code).toBe(0);

  const third = await start();
  third.running.child.kill("SIGKILL");
  await third.running.ended;
  const fourth = await start();
  fourth.running.child.kill("SIGTERM");
  expect((await fourth.running.ended).code).toBe(0);

  const foreign = "login,email\na,b\n";
  writeFileSync(file, foreign);
  const refused = await runCli(["emulator", "--json", "--state", file]);
  expect(refused.code).toBe(2);
  expect(refused.error).toMatchObject({ code: "OPTION_INVALID" });
  expect(refused.error?.message).toContain("line 1 is not that of an emulator's state file");
  expect(readFileSync(file, "utf8")).toBe(foreign);
});
