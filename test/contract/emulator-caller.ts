import { request } from "undici";
import type { Emulator } from "../../src/emulator/index.ts";

/** What a test sends. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a test gets back; the body parsed where it is JSON. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Sends one request to an emulator as its administrator would. */
export async function send(emulator: Emulator, sent: Sent): Promise<Got> {
  const body = sent.body === undefined ? "" : JSON.stringify(sent.body);
  const response = await request(emulator.url + sent.path, {
    method: sent.method,
    headers: {
      accept: "application/json",
      authorization: "SSWS emulator-token",
      ...(body === "" ? {} : { "content-type": "application/json" }),
      ...sent.headers,
    },
    body: sent.method === "GET" ? null : body,
  });
  const text = await response.body.text();
  const isJson = String(response.headers["content-type"]).includes("json");
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** A request body for a new user. */
export function newUser(login: string, credentials?: unknown, profile: object = {}): object {
  const whole = { login, email: "ines@example.com", firstName: "Ines", lastName: "Moreau" };
  return {
    profile: { ...whole, ...profile },
    ...(credentials === undefined ? {} : { credentials }),
  };
}

/** Picks a member of a JSON value by its path. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    found = (found as Record<string | number, unknown> | null | undefined)?.[step];
  }
  return found;
}
