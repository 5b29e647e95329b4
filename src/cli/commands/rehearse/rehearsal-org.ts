import { ConfigError, InvariantError } from "../../../core/index.ts";
import type { EmulatorState } from "../../../emulator/index.ts";
import { parseOrgUrl } from "../../../okta/index.ts";
import type { Children, RunningChild } from "./children.ts";
import type { Survey } from "./survey-source.ts";

/** What a sign-in came to. */
export type SignIn = "ok" | "refused" | "limited";

/** An emulated org that runs, and how to look into it. */
export interface RehearsalOrg {
  readonly url: string;
  state(): Promise<EmulatorState>;
  /** Okta ids of all its users. */
  userIds(): Promise<ReadonlySet<string>>;
  /** Adds custom attributes to the user profile of a schema: name and definition. */
  addAttributes(attributes: Readonly<Record<string, object>>, schemaId: string): Promise<void>;
  /** Makes a user type that is displayed so. Returns the id of its schema. */
  addType(displayName: string): Promise<string>;
  /** Makes a realm of this name, where there is none. */
  addRealm(name: string): Promise<void>;
  /** Makes groups of these names. */
  addGroups(names: readonly string[]): Promise<void>;
  /** Changes settings of the emulator. */
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Registers a password import hook; whether the org takes it. */
  registerHook(uri: string, key: string): Promise<boolean>;
  signIn(username: string, password: string): Promise<SignIn>;
  close(): Promise<void>;
}

/** The head of a line that tells a user. */
const USER_ID = /^\{"id":"([^"]+)"/;

const NAMES_A_CALL = 500;
/** A type's own name can't be any text, as the one that is displayed can. */
const TYPE_NAME = "rehearsed";

interface TypeAnswer {
  readonly _links?: { readonly schema?: { readonly href?: string } };
}

/** How an org is started. */
export interface OrgStart {
  /** Flags of `emulator`. */
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  readonly cwd: string;
}

/**
 * Starts an emulated org in a process of its own.
 *
 * @throws {ConfigError} OPTION_INVALID when it is not on this machine
 */
export async function startOrg(children: Children, start: OrgStart): Promise<RehearsalOrg> {
  let listening: (url: string) => void = () => undefined;
  const heard = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const child = children.start({
    args: ["emulator", "--json", "--until-input-ends", ...start.flags],
    env: { ...start.env, OKTA_MIGRATE_EMULATOR_TOKEN: start.token },
    cwd: start.cwd,
    onEvent: (told) => {
      if (told.event === "listening") listening(String(told["url"]));
    },
  });
  const url = await Promise.race([heard, child.ended.then(() => undefined)]);
  if (url === undefined) throw new InvariantError("the emulator ended before it listened");
  assertLoopback(url);
  return orgAt(url, start.token, child);
}

/** Gives an org what the real one is taken to have: all that the config and the records name of it. */
export async function furnishOrg(
  org: RehearsalOrg,
  { customAttributes, groups, places: { type, realm } }: Omit<Survey, "users">,
): Promise<void> {
  const schemas = ["default", ...(type === undefined ? [] : [await org.addType(type)])];
  if (Object.keys(customAttributes).length > 0) {
    for (const schemaId of schemas) await org.addAttributes(customAttributes, schemaId);
  }
  if (realm !== undefined) await org.addRealm(realm);
  await org.addGroups(groups);
}

/** The last word on where a rehearsal talks to. */
function assertLoopback(url: string): void {
  if (parseOrgUrl(url).kind === "loopback") return;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: "[source]",
    message: "A rehearsal talks to this machine alone.",
    hint: "Use import for a real org.",
  });
}

function orgAt(url: string, token: string, child: RunningChild): RehearsalOrg {
  const headers = { authorization: `SSWS ${token}`, accept: "application/json" };
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    url,
    state: async () => (await (await fetch(`${url}/__emulator/state`)).json()) as EmulatorState,
    userIds: async () => {
      const { body } = await fetch(`${url}/__emulator/users`);
      const ids = new Set<string>();
      if (body === null) return ids;
      let rest = "";
      for await (const text of body.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const id = USER_ID.exec(line)?.[1];
          if (id !== undefined) ids.add(id);
        }
      }
      return ids;
    },
    addAttributes: async (properties, schemaId) => {
      const custom = { id: "#custom", type: "object", properties, required: [] };
      const answer = await post(`/api/v1/meta/schemas/user/${schemaId}`, {
        definitions: { custom },
      });
      await answer.text();
      if (!answer.ok) throw new InvariantError(`the emulator refused attributes: ${answer.status}`);
    },
    addType: async (displayName) => {
      const answer = await post("/api/v1/meta/types/user", { name: TYPE_NAME, displayName });
      const body = (await answer.json()) as TypeAnswer;
      const schemaId = body._links?.schema?.href?.split("/").at(-1);
      if (schemaId !== undefined) return schemaId;
      throw new InvariantError(`the emulator refused a user type: ${answer.status}`);
    },
    addRealm: async (name) => {
      await (await post("/api/v1/realms", { profile: { name } })).text();
    },
    addGroups: async (names) => {
      for (let at = 0; at < names.length; at += NAMES_A_CALL) {
        const some = names.slice(at, at + NAMES_A_CALL);
        const answer = await post("/__emulator/groups", { names: some });
        await answer.text();
        if (!answer.ok) throw new InvariantError(`the emulator refused groups: ${answer.status}`);
      }
    },
    set: async (settings) => {
      const answer = await post("/__emulator/set", settings);
      await answer.text();
      if (!answer.ok) throw new InvariantError(`the emulator refused settings: ${answer.status}`);
    },
    registerHook: async (uri, key) => {
      const answer = await post("/api/v1/inlineHooks", {
        name: "Rehearsal",
        type: "com.okta.user.credential.password.import",
        version: "1.0.0",
        channel: {
          type: "HTTP",
          version: "1.0.0",
          config: { uri, authScheme: { type: "HEADER", key: "Authorization", value: key } },
        },
      });
      await answer.text();
      return answer.ok;
    },
    signIn: async (username, password) => {
      const answer = await post("/api/v1/authn", { username, password });
      const body = (await answer.json()) as { readonly status?: unknown };
      if (answer.status === 429) return "limited";
      return answer.ok && body.status === "SUCCESS" ? "ok" : "refused";
    },
    close: async () => {
      child.kill();
      await child.ended;
    },
  };
}
