import type {
  ImportedPage,
  ImportedUser,
  ImportedUsers,
  MovedUser,
  ResetAnswer,
  ResetMail,
} from "../../core/index.ts";
import { USER_ROUTE, USERS_ROUTE } from "../create-request.ts";
import type { OrgCaller } from "../org-caller.ts";
import { readBody } from "../read-body.ts";
import { LIST_BODY_BYTES, type OrgRequest, SINGLE_BODY_BYTES } from "../transport.ts";
import { readUser } from "../user-answer.ts";
import { followPages } from "./follow-pages.ts";

const LOGS_ROUTE = "/api/v1/logs";
/** Most that the org gives of each list. @see docs/okta/system-log.md#query */
const USERS_A_PAGE = 200;
const EVENTS_A_PAGE = 1000;
/** How far ahead of the org's clock the log is read to: what happens meanwhile is in it. */
const AHEAD_MS = 60_000;
const MOVED = 'eventType eq "user.import.password" and outcome.result eq "SUCCESS"';

/** Users whose passwords come with their first sign-in, over HTTP. @see docs/okta/password-hook.md#who-is-left */
export class OktaImportedUsers implements ImportedUsers {
  readonly #caller: OrgCaller;
  readonly #nowMs: () => number;

  /** @param nowMs what the org's clock shows, as far as it is known */
  constructor(caller: OrgCaller, nowMs: () => number) {
    this.#caller = caller;
    this.#nowMs = nowMs;
  }

  async *list(signal: AbortSignal): AsyncIterable<ImportedPage> {
    const request: OrgRequest = {
      method: "GET",
      route: USERS_ROUTE,
      path: `${USERS_ROUTE}?limit=${USERS_A_PAGE}`,
      maxBodyBytes: LIST_BODY_BYTES,
    };
    for await (const page of followPages(this.#caller, request, signal)) {
      const users = page.map(readImported).filter((user) => user !== undefined);
      yield { users, seen: page.length };
    }
  }

  async *moved(sinceMs: number, signal: AbortSignal): AsyncIterable<readonly MovedUser[]> {
    // With an end it is bounded: its last page has no next one.
    const query = new URLSearchParams({
      since: new Date(sinceMs).toISOString(),
      until: new Date(this.#nowMs() + AHEAD_MS).toISOString(),
      filter: MOVED,
      sortOrder: "ASCENDING",
      limit: String(EVENTS_A_PAGE),
    });
    const request: OrgRequest = {
      method: "GET",
      route: LOGS_ROUTE,
      path: `${LOGS_ROUTE}?${query.toString()}`,
      maxBodyBytes: LIST_BODY_BYTES,
    };
    for await (const page of followPages(this.#caller, request, signal)) {
      yield page.map(readMoved).filter((user) => user !== undefined);
    }
  }

  async find(oktaId: string, signal: AbortSignal): Promise<ImportedUser | undefined> {
    const request: OrgRequest = {
      method: "GET",
      route: USER_ROUTE,
      path: `/api/v1/users/${encodeURIComponent(oktaId)}`,
      maxBodyBytes: SINGLE_BODY_BYTES,
    };
    const asked = await this.#caller.ask(request, { signal });
    if (asked.kind === "absent") return undefined;
    return readImported(readBody(this.#caller, request, asked));
  }

  /** @see docs/okta/user-lifecycle.md#passwords */
  async reset(oktaId: string, mail: ResetMail, signal: AbortSignal): Promise<ResetAnswer> {
    const told = await this.#caller.tell(
      {
        method: "POST",
        route: `${USER_ROUTE}/lifecycle/reset_password`,
        path: `/api/v1/users/${encodeURIComponent(oktaId)}/lifecycle/reset_password?sendEmail=${mail === "mail"}`,
        maxBodyBytes: SINGLE_BODY_BYTES,
      },
      { signal },
    );
    switch (told.kind) {
      // What is answered may hold a link by which anybody becomes that user: it is never read.
      case "accepted":
        return { kind: "reset" };
      case "absent":
        return { kind: "absent" };
      case "lost":
        return { kind: "lost", failure: told.failure };
      case "login-exists":
      case "refused":
        return { kind: "refused", failure: told.failure };
    }
  }
}

function readImported(body: unknown): ImportedUser | undefined {
  const user = readUser(body);
  if (user === undefined || providerOf(body) !== "IMPORT") return undefined;
  const { oktaId, login, status, createdAtMs } = user;
  return { oktaId, login, status, createdAtMs };
}

function providerOf(body: unknown): unknown {
  return memberOf(memberOf(memberOf(body, "credentials"), "provider"), "type");
}

/** @see docs/okta/system-log.md#shape */
function readMoved(event: unknown): MovedUser | undefined {
  const targets = memberOf(event, "target");
  const user = (Array.isArray(targets) ? (targets as readonly unknown[]) : []).find(
    (target) => memberOf(target, "type") === "User",
  );
  const oktaId = memberOf(user, "id");
  const login = memberOf(user, "alternateId");
  const published = memberOf(event, "published");
  const movedAtMs = typeof published === "string" ? Date.parse(published) : Number.NaN;
  const isSuccess = memberOf(memberOf(event, "outcome"), "result") === "SUCCESS";
  if (!isSuccess || memberOf(event, "eventType") !== "user.import.password") return undefined;
  if (typeof oktaId !== "string" || typeof login !== "string" || Number.isNaN(movedAtMs)) {
    return undefined;
  }
  return { oktaId, login, movedAtMs };
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
