import { type NewUser, type PasswordHash, Secret, type Totals } from "../../core/index.ts";
import { openEphemeralJournal, type SqliteJournal } from "../../journal/index.ts";
import { judgeEntry, planRecords } from "../../migration/index.ts";
import { createRequest, type Credential } from "../../okta/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { writeJsonLine } from "../output/json-lines.ts";
import type { RunContext } from "./carry-out.ts";
import { causesOf, summaryOf } from "./finish-run.ts";
import { planView } from "./plan-view.ts";
import { ProgressTicker } from "./progress-ticker.ts";
import { identityOf } from "./run-identity.ts";

/** Requests that `--show-request` prints. */
const REQUESTS_SHOWN = 3;
const MASK = "[secret]";

/** Does everything but sending: the plan, what is wrong, and the first requests on demand. */
export async function previewRun(context: RunContext): Promise<ExitCode> {
  const { session, org, prepared, options, access, signal } = context;
  const { clock, events, view } = session;
  const journal = await openEphemeralJournal(await identityOf(prepared, access.orgUrl));
  const ticker = new ProgressTicker({ view, clock, journal, org, streaming: false });
  try {
    const rules = prepared.rules([]);
    await planRecords(rules, { source: prepared.source, journal, events }, signal);
    session.terminal.clear();
    view.plan(await planView(context, journal.totals()));
    if (options.showRequest) await showRequests(context);
    await endPreview(context, journal);
    if (signal.aborted) return EXIT.interrupted;
    return journal.totals().rejected > 0 ? EXIT.someRecords : EXIT.ok;
  } finally {
    ticker.stop();
    await journal.close();
  }
}

/** The summary of a run that sent nothing: every record is pending. */
async function endPreview(context: RunContext, journal: SqliteJournal): Promise<void> {
  const { records } = journal.totals();
  const totals: Totals = {
    records,
    created: 0,
    updated: 0,
    existing: 0,
    rejected: 0,
    failed: 0,
    pending: records,
  };
  const traffic = context.org.traffic();
  const summary = await summaryOf(context.located.folder, journal);
  context.session.view.end({
    kind: "dry-run",
    summary: { ...summary, ...totals, ...traffic, finished: false },
    causes: await causesOf(journal),
    files: [],
    next: "Without --dry-run the users are created.",
  });
}

/** Prints the first requests, secrets masked, in the form that HTTP clients read. */
async function showRequests(context: RunContext): Promise<void> {
  const { prepared, org, options, access } = context;
  const groups = await org.findGroups(prepared.groups);
  // A group that does not exist yet has no id to show.
  const groupIds = prepared.groups.map(
    (name) => groups.find((group) => group.name === name)?.id ?? `{{${name}}}`,
  );
  const rules = prepared.rules(groupIds);
  let shown = 0;
  for await (const batch of prepared.source.read()) {
    for (const entry of batch) {
      if (shown === REQUESTS_SHOWN) return;
      const { verdict } = judgeEntry(entry, rules, undefined);
      if (verdict.kind === "reject") continue;
      const { method, path, body = "" } = createRequest(masked(verdict.user));
      const url = org.orgUrl.origin + path;
      const headers = headersOf(access.credential.kind);
      if (options.json) writeJsonLine({ event: "request", method, url, headers, body });
      else process.stdout.write(httpText({ method, url, headers, body }));
      shown += 1;
    }
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

function headersOf(kind: Credential["kind"]): Readonly<Record<string, string>> {
  return {
    Accept: "application/json",
    "Content-Type": "application/json",
    Authorization: kind === "ssws" ? "SSWS {{OKTA_API_TOKEN}}" : "Bearer {{OKTA_ACCESS_TOKEN}}",
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
