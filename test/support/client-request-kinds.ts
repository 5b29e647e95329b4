import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOfKind } from "./match-route.ts";

const ROOM = fileURLToPath(new URL("../../src/okta/", import.meta.url));
/** Names of texts in the code, and the texts. */
type Constants = ReadonlyMap<string, string>;

const PATH = /^\/(?:api|oauth2|\.well-known)\//;

/**
 * Every kind of request that the client's code can send, read from the code itself: `POST
 * /api/v1/users` where method and route stand side by side, `ANY /api/v1/org` where there is but a
 * path.
 */
export function clientRequestKinds(): readonly string[] {
  const files = readdirSync(ROOM, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => withoutComments(readFileSync(join(ROOM, name), "utf8")));
  const shared = constantsIn(files.join("\n"));
  const found = files.map((code) => kindsIn(code, new Map([...shared, ...constantsIn(code)])));
  const whole = found.flatMap(({ requests }) => requests);
  const paths = found
    .flatMap((kinds) => kinds.paths)
    .filter((path) => !whole.some((kind) => isOfKind({ method: "ANY", path }, kind)))
    .map((path) => `ANY ${path}`);
  return [...new Set([...whole, ...paths])].toSorted();
}

/** What one file sends, and the paths that it names. */
function kindsIn(code: string, constants: Constants) {
  const requests = [...code.matchAll(/method: "(\w+)",\s*route: ([^,\n]+),/g)].flatMap(
    ([, method = "", route = ""]) => {
      const path = pathOf(route.trim(), constants);
      return path === undefined ? [] : [`${method} ${path}`];
    },
  );
  const paths = [...code.matchAll(/"[^"\n]*"|`[^`]*`/g)]
    .map(([text]) => pathOf(text, constants))
    .filter((path) => path !== undefined);
  return { requests, paths };
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}

function constantsIn(code: string): Constants {
  const found = [...code.matchAll(/const (\w+) = "([^"]*)";/g)];
  return new Map(found.map(([, name = "", value = ""]) => [name, value]));
}

/** The path that a text, a constant or a template of both gives; what varies in it is `{…}`. */
function pathOf(code: string, constants: Constants): string | undefined {
  const text = constants.get(code) ?? /^["`](.*)["`]$/.exec(code)?.[1] ?? "";
  const filled = text.replace(/\$\{(\w+)\}/g, (_all, name: string) => constants.get(name) ?? "{}");
  const [path = ""] = filled.replace(/\$?\{[^}]*\}/g, "{id}").split("?");
  return PATH.test(path) ? path : undefined;
}
