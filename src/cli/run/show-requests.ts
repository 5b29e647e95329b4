import {
  type Journal,
  type NewUser,
  type PasswordHash,
  Secret,
  type SourceEntry,
} from "../../core/index.ts";
import { judgeBatch } from "../../migration/index.ts";
import { createRequest, type Credential } from "../../okta/index.ts";
import { writeJsonLine } from "../output/json-lines.ts";
import type { RunContext } from "./carry-out.ts";

/** Requests that `--show-request` prints. */
const REQUESTS_SHOWN = 3;
const MASK = "[secret]";

/**
 * Prints the first requests of a batch, secrets masked, in the form that HTTP clients read.
 *
 * @param journal in which the batch is planned
 */
export async function showRequests(
  { prepared, org, options, access }: RunContext,
  batch: readonly SourceEntry[],
  journal: Journal,
): Promise<void> {
  const groups = await org.findGroups(prepared.groups);
  // A group that does not exist yet has no id to show.
  const groupIds = prepared.groups.map(
    (name) => groups.find((group) => group.name === name)?.id ?? `{{${name}}}`,
  );
  const rules = prepared.rules(groupIds);
  const [first] = batch;
  const last = batch.at(-1);
  if (first === undefined || last === undefined) return;
  const pending = new Set(
    (await journal.pendingBetween(first.seq, last.seq)).map(({ seq }) => seq),
  );
  const judged = await judgeBatch(batch, rules, journal);
  let shown = 0;
  for (const { position, verdict } of judged) {
    if (shown === REQUESTS_SHOWN) return;
    if (verdict.kind !== "create" || !pending.has(position.seq)) continue;
    const { method, path, body = "" } = createRequest(masked(verdict.user));
    const url = org.orgUrl.origin + path;
    const headers = headersOf(access.credential);
    if (options.json) writeJsonLine({ event: "request", method, url, headers, body });
    else process.stdout.write(httpText({ method, url, headers, body }));
    shown += 1;
  }
}

/** The user with every piece of password material replaced. */
function masked(user: NewUser): NewUser {
  if (user.credential.kind !== "hash") return user;
  const hash = user.credential.hash.reveal();
  const hidden: PasswordHash =
    hash.salt === undefined ? { ...hash, value: MASK } : { ...hash, value: MASK, salt: MASK };
  return { ...user, credential: { kind: "hash", hash: new Secret(hidden) } };
}

/** The token's place is held by the name of its variable; a service app's is made for each request. */
function headersOf(credential: Credential): Readonly<Record<string, string>> {
  const isGiven = credential.kind === "ssws" || credential.kind === "bearer";
  const variable = isGiven ? credential.variable : "OKTA_ACCESS_TOKEN";
  const scheme = credential.kind === "ssws" ? "SSWS" : "Bearer";
  return {
    Accept: "application/json",
    "Content-Type": "application/json",
    Authorization: `${scheme} {{${variable}}}`,
  };
}

function httpText(request: {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return `###\n${request.method} ${request.url}\n${headers.join("\n")}\n\n${request.body}\n\n`;
}
