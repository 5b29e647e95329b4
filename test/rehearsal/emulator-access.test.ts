import { generateKeyPairSync, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SignJWT } from "jose";
import { expect, it } from "vitest";
import { startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

it("a service app is set up by flags, and the first line stays what it was", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = join(makeTempFolder(), "app.pem");
  writeFileSync(key, publicKey.export({ format: "pem", type: "spki" }));
  const app = ["--service-app", "0oa1", "--service-app-key", key];
  const rights = ["--scopes", "okta.users.read", "--role", "READ_ONLY_ADMIN"];
  const running = startCli(["emulator", "--json", ...app, ...rights, "--token-seconds", "900"]);
  const { url, ...rest } = await running.line(({ event }) => event === "listening");
  expect(rest).toEqual({ event: "listening" });
  const origin = String(url);

  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: "ES256" })
    .setIssuer("0oa1")
    .setSubject("0oa1")
    .setAudience(`${origin}/oauth2/v1/token`)
    .setExpirationTime(now + 60)
    .sign(privateKey);
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    scope: "okta.users.read okta.users.manage",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  const answer = await fetch(`${origin}/oauth2/v1/token`, { method: "POST", body });
  const token = (await answer.json()) as Readonly<Record<string, unknown>>;
  expect(token).toMatchObject({ expires_in: 900, scope: "okta.users.read", token_type: "Bearer" });
  const headers = { authorization: `Bearer ${String(token["access_token"])}` };
  expect((await fetch(`${origin}/api/v1/users`, { headers })).status).toBe(200);

  running.child.kill("SIGINT");
  const { code, stdout, stderr } = await running.ended;
  expect(code).toBe(0);
  expect(stdout + stderr).not.toContain(String(token["access_token"]));
});
