import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect } from "vitest";
import { type JsonLine, runCli, type RunningCli, startCli } from "./run-cli.ts";

/** A user of a sample, and the old password. */
export interface SampleUser {
  readonly login: string;
  readonly password: string;
}

/** Users of an old system in a folder, with a seal key and a secret to serve them by. */
export interface OldSystem {
  readonly folder: string;
  readonly users: readonly SampleUser[];
  readonly key: string;
  readonly secret: string;
  readonly env: Readonly<Record<string, string>>;
  readonly store: string;
  readonly path: (name: string) => string;
}

/** A hook service that runs. */
export interface RunningService extends RunningCli {
  readonly url: string;
  /** The calls that it told of so far. */
  readonly answered: () => Promise<readonly JsonLine[]>;
}

/** What a service answered. */
export interface ServiceAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/** What says that a password is right, exactly. */
export const RIGHT = commandOf("VERIFIED");
/** What says that it is wrong. */
export const WRONG = commandOf("UNVERIFIED");

const running: RunningCli[] = [];

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

/** Invents users whose hashes have these formats, in turn. */
export async function inventOldSystem(
  folder: string,
  { users, hash }: { readonly users: number; readonly hash: string },
): Promise<OldSystem> {
  const path = (name: string): string => join(folder, name);
  const flags = ["--users", String(users), "--hash", hash, "--out", path("users.csv")];
  const { code } = await runCli(["sample", ...flags, "--passwords", path("passwords.csv")]);
  expect(code).toBe(0);
  const key = randomBytes(32).toString("base64");
  const secret = randomBytes(24).toString("base64");
  writeFileSync(path("seal.key"), `${key}\n`, { mode: 0o600 });
  writeFileSync(path("hook.secret"), `${secret}\n`, { mode: 0o600 });
  return {
    folder,
    users: readPasswords(path("passwords.csv")),
    key,
    secret,
    env: {
      OKTA_MIGRATE_SEAL_KEY_FILE: path("seal.key"),
      OKTA_MIGRATE_HOOK_SECRET_FILE: path("hook.secret"),
    },
    store: path("passwords.sealed"),
    path,
  };
}

/** Starts `hook serve`; it is gone after the test. */
export async function startService(
  { env, store }: Pick<OldSystem, "env"> & Partial<Pick<OldSystem, "store">>,
  flags: readonly string[] = ["--plain-http"],
): Promise<RunningService> {
  const given = store === undefined ? [] : ["--store", store];
  const service = startCli(["hook", "serve", ...given, ...flags, "--json"], { env });
  running.push(service);
  let told = "";
  service.child.stdout?.on("data", (more: string) => {
    told += more;
  });
  const { url } = await service.line(({ event }) => event === "listening");
  return {
    ...service,
    url: String(url),
    answered: async () =>
      told
        .split("\n")
        .filter((line) => line.startsWith('{"event":"answered"'))
        .map((line) => JSON.parse(line) as JsonLine),
  };
}

/** Okta's call for what somebody typed. */
export function callBody(username: unknown, password: unknown, ipAddress = "192.0.2.1"): string {
  return JSON.stringify({
    eventId: "vzGoY2A8SBmQMrvBxTfOKw",
    eventTime: "2026-11-29T07:00:00.000Z",
    eventType: "com.okta.user.credential.password.import",
    eventTypeVersion: "1.0",
    contentType: "application/json",
    cloudEventVersion: "0.1",
    source: "https://example.okta.com/api/v1/inlineHooks/cal7eyxOsnb20oWbZ0g4",
    data: {
      context: {
        request: {
          id: "req1",
          method: "POST",
          url: { value: "/idp/idx/challenge/answer" },
          ipAddress,
        },
        credential: { username, password },
      },
      action: { credential: "UNVERIFIED" },
    },
  });
}

/** Sends a request as it is; `ca` vouches for the certificate. */
export function send(
  url: string,
  { body = "", ca, ...options }: RequestOptions & { readonly body?: string; readonly ca?: string },
): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const begin = url.startsWith("https:") ? requestHttps : requestHttp;
    const trust = ca === undefined ? {} : { ca };
    const request = begin(
      url,
      { method: "POST", agent: false, ...options, ...trust },
      (response) => {
        void text(response).then((told) => {
          resolve({ status: response.statusCode, body: told });
        }, reject);
      },
    );
    request.once("error", reject);
    request.end(body);
  });
}

/** Asks a service whether a password is right, as Okta does. */
export function ask(
  { url, secret, ca }: { readonly url: string; readonly secret: string; readonly ca?: string },
  username: string,
  password: string,
): Promise<ServiceAnswer> {
  const headers = { authorization: secret, "content-type": "application/json" };
  const body = callBody(username, password);
  return send(`${url}/okta/password-import`, {
    headers,
    body,
    ...(ca === undefined ? {} : { ca }),
  });
}

function readPasswords(path: string): readonly SampleUser[] {
  const rows = readFileSync(path, "utf8").trimEnd().split("\n").slice(1);
  return rows.map((row) => {
    const comma = row.indexOf(",");
    return { login: row.slice(0, comma), password: row.slice(comma + 1) };
  });
}

function commandOf(credential: string): ServiceAnswer {
  const commands = [{ type: "com.okta.action.update", value: { credential } }];
  return { status: 200, body: JSON.stringify({ commands }) };
}
