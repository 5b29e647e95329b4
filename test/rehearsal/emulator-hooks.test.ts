import { expect, it } from "vitest";
import { SILENT, startHookServer, UNVERIFIED, VERIFIED } from "../support/hook-server.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const LOGIN = "ines@example.com";
const TYPE = "com.okta.user.credential.password.import";

it("the emulator asks a hook with a certificate of a private authority, once per password", async () => {
  const tls = makeCertificate(makeTempFolder(), "localhost");
  expect(tls, "this test needs openssl").toBeDefined();
  const hook = await startHookServer([[200, UNVERIFIED], [503], [200, VERIFIED], SILENT], tls);
  const env = { NODE_EXTRA_CA_CERTS: tls?.caFile };
  const running = startCli(["emulator", "--json"], { env });
  const { url } = await running.line(({ event }) => event === "listening");
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${String(url)}${path}`, {
      method: "POST",
      headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { ...((await answer.json()) as object), httpStatus: answer.status };
  };
  const authScheme = { type: "HEADER", key: "Authorization", value: "an-invented-secret" };
  const channel = { type: "HTTP", config: { uri: hook.uri, authScheme } };
  await post("/api/v1/inlineHooks", { name: "Old", type: TYPE, channel });
  const create = (login: string) =>
    post("/api/v1/users?activate=true", {
      profile: { login, email: login, firstName: "Ines", lastName: "Moreau" },
      credentials: { password: { hook: { type: "default" } } },
    });
  const signIn = (username: string, password: string) =>
    post("/api/v1/authn", { username, password });

  await create(LOGIN);
  expect(await signIn(LOGIN, "wrong one")).toMatchObject({ httpStatus: 401 });
  expect(await signIn(LOGIN, "Old password 1")).toMatchObject({ status: "SUCCESS" });
  expect(await signIn(LOGIN, "Old password 1")).toMatchObject({ status: "SUCCESS" });
  expect(hook.received).toHaveLength(3);
  expect(hook.received[2]?.headers.authorization).toBe("an-invented-secret");

  await create("otto@example.com");
  await post("/__emulator/set", { hookTimeoutMs: 50 });
  const late = await signIn("otto@example.com", "Old password 1");
  expect(late).toMatchObject({ httpStatus: 504, errorCode: "E0000137" });
  expect(hook.received).toHaveLength(5);

  running.child.kill("SIGINT");
  const { code, stdout, stderr } = await running.ended;
  expect(code).toBe(0);
  expect(stdout + stderr).not.toMatch(/Old password|an-invented-secret/);
});
