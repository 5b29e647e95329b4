import type { Emulator } from "../../src/emulator/index.ts";
import { at, type Got, newUser, send } from "./emulator-caller.ts";

/** Calls of one emulator, short to write. */
export interface EmulatorCalls {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Got>;
  readonly post: (path: string, body?: unknown) => Promise<Got>;
  readonly put: (path: string, body?: unknown) => Promise<Got>;
  readonly remove: (path: string) => Promise<Got>;
  /** Lists users by `search` and what else the query says. */
  readonly search: (expression: string, more?: string) => Promise<Got>;
  /** Creates a user, active where nothing else is said, and gives its id. */
  readonly create: (login: string, more?: object, query?: string) => Promise<string>;
  /** Creates a group and gives its id. */
  readonly createGroup: (name: string) => Promise<string>;
}

/** @param emulator asked for at each call, since tests restart theirs */
export function callsOf(emulator: () => Emulator): EmulatorCalls {
  const call = (method: string, path: string, body?: unknown): Promise<Got> =>
    send(emulator(), { method, path, body });
  const made = (got: Got): string => {
    if (got.status !== 200) throw new Error(`refused: ${JSON.stringify(got.body)}`);
    return String(at(got.body, "id"));
  };
  return {
    get: (path, headers) =>
      send(emulator(), { method: "GET", path, ...(headers === undefined ? {} : { headers }) }),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    remove: (path) => call("DELETE", path),
    search: (expression, more = "") =>
      call("GET", `/api/v1/users?search=${encodeURIComponent(expression)}${more}`),
    create: async (login, more = {}, query = "activate=true") => {
      const body = { ...newUser(login), ...more };
      return made(await call("POST", `/api/v1/users?${query}`, body));
    },
    createGroup: async (name) => made(await call("POST", "/api/v1/groups", { profile: { name } })),
  };
}

/** The error code of an answer. */
export function codeOf(got: Got): unknown {
  return at(got.body, "errorCode");
}

/** The first cause of an answer's error. */
export function causeOf(got: Got): string {
  return String(at(got.body, "errorCauses", 0, "errorSummary"));
}

/** The logins of a list of users. */
export function loginsOf(got: Got): unknown[] {
  return (got.body as readonly unknown[]).map((user) => at(user, "profile", "login"));
}

/** Where an answer's `Link` with `rel="next"` leads, without the origin. */
export function nextOf(got: Got, emulator: Emulator): string | undefined {
  const lines = [got.headers["link"] ?? []].flat().flatMap((line) => line.split(", "));
  for (const line of lines) {
    const target = /^<(.+)>; rel="next"$/.exec(line)?.[1];
    if (target?.startsWith(emulator.url)) return target.slice(emulator.url.length);
  }
  return undefined;
}
