import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { answerAccessCommand } from "./access-commands.ts";
import type { Gateway } from "./gateway.ts";
import { describeMails, describeState, renderInspectedUser } from "./inspect.ts";
import { parseObject } from "./org/json.ts";
import type { Org } from "./org/org.ts";
import type { Call } from "./routes/call.ts";
import { MAX_GROUP_NAME } from "./routes/groups.ts";
import { StateFileError } from "./state/state-file-error.ts";
import { readSettings } from "./traffic/read-settings.ts";

const PREFIX = "/__emulator/";
const LINES_PER_CHUNK = 500;
const KNOWN = [
  "GET /__emulator/state",
  "GET /__emulator/users",
  "GET /__emulator/calls",
  "GET /__emulator/mails",
  "POST /__emulator/set",
  "POST /__emulator/groups",
  "POST /__emulator/reset",
  "POST /__emulator/save",
  "GET /__emulator/apps",
  "POST /__emulator/app",
  "POST /__emulator/end-tokens",
  "POST /__emulator/token",
];

/** Whether a path belongs to the emulator itself and not to the org. */
export function isAdminPath(path: string): boolean {
  return path.startsWith(PREFIX);
}

/** Answers a call to the emulator itself: no token, no limits, not counted. */
export async function answerAdmin(
  gateway: Gateway,
  call: Call,
  response: ServerResponse,
): Promise<void> {
  switch (`${call.method} ${call.path}`) {
    case "GET /__emulator/state":
      return sendJson(response, 200, describeState(gateway));
    case "GET /__emulator/users":
      return streamUsers(gateway, response);
    case "GET /__emulator/calls":
      return sendJson(response, 200, gateway.ledger.calls());
    case "GET /__emulator/mails":
      return sendJson(response, 200, describeMails(gateway.org));
    case "POST /__emulator/set":
      return changeSettings(gateway, call, response);
    case "POST /__emulator/groups":
      return sendJson(response, 200, { made: makeGroups(gateway.org, call) });
    case "POST /__emulator/reset":
      gateway.reset();
      return sendJson(response, 200, describeState(gateway));
    case "POST /__emulator/save":
      return save(gateway, response);
    case "GET /__emulator/apps":
      return sendJson(response, 200, gateway.access.apps());
    case "POST /__emulator/app":
    case "POST /__emulator/end-tokens":
    case "POST /__emulator/token":
      return commandAccess(gateway, call, response);
    default:
      return sendJson(response, 404, { error: `unknown; there is ${KNOWN.join(", ")}` });
  }
}

function changeSettings(gateway: Gateway, call: Call, response: ServerResponse): void {
  const wanted = readSettings(parseObject(call.body));
  if (typeof wanted === "string") {
    sendJson(response, 400, { error: wanted });
    return;
  }
  gateway.change(wanted);
  sendJson(response, 200, gateway.settings);
}

/** Makes groups of these names, as if they had been there before; those that can't be are passed over. */
function makeGroups(org: Org, call: Call): number {
  const names = parseObject(call.body)?.["names"];
  let made = 0;
  for (const name of Array.isArray(names) ? (names as readonly unknown[]) : []) {
    if (typeof name !== "string" || name === "" || name.length > MAX_GROUP_NAME) continue;
    if (org.groups.byName(name) !== undefined) continue;
    org.groups.add(name, undefined, org.now());
    made += 1;
  }
  return made;
}

async function save(gateway: Gateway, response: ServerResponse): Promise<void> {
  try {
    const isSaved = await gateway.save();
    if (isSaved) sendJson(response, 200, { saved: true });
    else sendJson(response, 400, { error: "the emulator was started without --state" });
  } catch (error) {
    const why = error instanceof StateFileError ? error.message : codeOf(error);
    sendJson(response, 500, { error: `the state can't be written: ${why}` });
  }
}

/** The system's word for what went wrong, such as `ENOSPC`. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}

function commandAccess(gateway: Gateway, call: Call, response: ServerResponse): void {
  const command = call.path.slice(PREFIX.length);
  const { status, value } = answerAccessCommand(gateway, command, parseObject(call.body) ?? {});
  sendJson(response, status, value);
}

/** One line of JSON a user, at the reader's pace; a reader who goes away ends it. */
async function streamUsers(gateway: Gateway, response: ServerResponse): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  try {
    await pipeline(Readable.from(userLines(gateway.org)), response);
  } catch {
    response.destroy();
  }
}

function* userLines(org: Org): Iterable<string> {
  let lines = "";
  let count = 0;
  for (const user of org.users.from(0)) {
    lines += `${renderInspectedUser(org, user)}\n`;
    count += 1;
    if (count % LINES_PER_CHUNK !== 0) continue;
    yield lines;
    lines = "";
  }
  if (lines !== "") yield lines;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}
