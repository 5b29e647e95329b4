import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOM = fileURLToPath(new URL("../../src/okta/", import.meta.url));

/**
 * Every kind of request that the client's code holds, such as `POST /api/v1/users`, read from the code
 * itself.
 *
 * @throws {Error} at a request whose method or route can't be read
 */
export function clientRequestKinds(): readonly string[] {
  const files = readdirSync(ROOM, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => ({ name, text: readFileSync(join(ROOM, name), "utf8") }));
  const constants = constantsIn(files.map(({ text }) => text).join("\n"));
  const kinds = files.flatMap(({ name, text }) =>
    // A type says `readonly route: string`.
    [...text.matchAll(/^(.*)(?<!readonly )\broute: ([^,\n]+)/gm)].map(
      ({ index, 0: line, 2: route = "" }) => {
        const before = text.slice(0, index) + line;
        const method = /method: "(\w+)",\s*route: [^,\n]+$/.exec(before)?.[1];
        const path = valueOf(route.trim(), constants);
        if (method !== undefined && path !== undefined) return `${method} ${path}`;
        throw new Error(
          `src/okta/${name}: the request with the route ${route} can't be read by this test; write it as ` +
            `method: "GET", route: ROUTE, with a constant of the room or a text`,
        );
      },
    ),
  );
  return [...new Set(kinds)].toSorted();
}

function constantsIn(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/const (\w+) = "([^"]*)";/g)];
  return new Map(found.map(([, name = "", value = ""]) => [name, value]));
}

/** A text, a constant, or a template of both. */
function valueOf(code: string, constants: ReadonlyMap<string, string>): string | undefined {
  const text = /^"([^"]*)"$/.exec(code)?.[1];
  if (text !== undefined) return text;
  const template = /^`([^`]*)`$/.exec(code)?.[1];
  if (template === undefined) return constants.get(code);
  const whole = template.replace(
    /\$\{(\w+)\}/g,
    (_all, name: string) => constants.get(name) ?? "?",
  );
  return whole.includes("?") ? undefined : whole;
}
