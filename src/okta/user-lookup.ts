import { type Failure, type FindAnswer, foldLogin, type FoundUser } from "../core/index.ts";
import { USER_ROUTE, USERS_ROUTE } from "./create-request.ts";
import type { OrgCaller } from "./org-caller.ts";
import { ANSWER_LOST, bucketOf } from "./org-sender.ts";
import { webPageError } from "./reactions.ts";
import { LIST_BODY_BYTES, type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";
import { readUser } from "./user-answer.ts";

/**
 * Pauses before the list is asked again whether it still knows no such login: it may lag behind
 * creates, usually by less than a second. @see docs/okta/lookup.md#search-lag
 */
const LIST_PAUSES_MS = [1_000, 2_000];
/** Answers 2xx that are no user, before the look-up gives up. */
const UNREADABLE_ANSWERS = 3;

type Looked = FindAnswer | { readonly kind: "elsewhere" };

/**
 * Finds the user whose login is this one as Okta compares logins.
 *
 * The direct route is asked first, since it never lags; it may answer with somebody whose short
 * name matches, or can't carry the login at all, and then the list is asked too.
 *
 * @see docs/okta/lookup.md#by-login
 */
export async function findUser(
  caller: OrgCaller,
  login: string,
  signal: AbortSignal | undefined,
): Promise<FindAnswer> {
  const spellings = spellingsOf(login);
  if (spellings === undefined) return { kind: "unknown", failure: UNSPEAKABLE };
  if (login.trim() === "") return { kind: "absent" };
  let askList = false;
  for (const spelling of spellings) {
    if (!fitsPath(spelling)) {
      askList = true;
      continue;
    }
    const looked = await lookDirectly(caller, spelling, foldLogin(login), signal);
    if (looked.kind === "elsewhere") askList = true;
    else if (looked.kind !== "absent") return looked;
  }
  return askList ? lookInList(caller, spellings, foldLogin(login), signal) : { kind: "absent" };
}

/** The login, and its folded form where diacritics set the two apart; undefined: no valid text. */
function spellingsOf(login: string): readonly string[] | undefined {
  try {
    encodeURIComponent(login);
  } catch {
    return undefined;
  }
  const folded = foldLogin(login);
  return folded === login.toLowerCase() ? [login] : [login, folded];
}

/** Whether a login can be a path segment of its own. @see docs/okta/lookup.md#slash */
function fitsPath(login: string): boolean {
  return !/[/?\\]/.test(login) && !/^(?:\.{1,2}|me)$/i.test(login);
}

async function lookDirectly(
  caller: OrgCaller,
  spelling: string,
  folded: string,
  signal: AbortSignal | undefined,
): Promise<Looked> {
  const request: OrgRequest = {
    method: "GET",
    route: USER_ROUTE,
    path: `/api/v1/users/${encodeURIComponent(spelling)}`,
    maxBodyBytes: SINGLE_BODY_BYTES,
  };
  return look(caller, request, signal, (body) => {
    const user = readUser(body);
    if (user === undefined) return undefined;
    return foldLogin(user.login) === folded ? { kind: "found", user } : { kind: "elsewhere" };
  });
}

async function lookInList(
  caller: OrgCaller,
  spellings: readonly string[],
  folded: string,
  signal: AbortSignal | undefined,
): Promise<FindAnswer> {
  for (let round = 0; ; round += 1) {
    for (const spelling of spellings) {
      const looked = await look(caller, listRequest(spelling), signal, (body) => {
        const users = readUsers(body);
        if (users === undefined) return undefined;
        const user = users.find((candidate) => foldLogin(candidate.login) === folded);
        return user === undefined ? { kind: "elsewhere" } : { kind: "found", user };
      });
      if (looked.kind === "found" || looked.kind === "unknown") return looked;
    }
    const pauseMs = LIST_PAUSES_MS[round];
    if (pauseMs === undefined) return { kind: "absent" };
    await caller.pause(pauseMs, signal);
  }
}

function listRequest(login: string): OrgRequest {
  const quoted = login.replace(/["\\]/g, "\\$&");
  return {
    method: "GET",
    route: USERS_ROUTE,
    path: `/api/v1/users?filter=${encodeURIComponent(`profile.login eq "${quoted}"`)}`,
    maxBodyBytes: LIST_BODY_BYTES,
  };
}

function readUsers(body: unknown): readonly FoundUser[] | undefined {
  if (!Array.isArray(body)) return undefined;
  const users = body.map(readUser);
  return users.every((user) => user !== undefined) ? users : undefined;
}

async function look(
  caller: OrgCaller,
  request: OrgRequest,
  signal: AbortSignal | undefined,
  read: (body: unknown) => Looked | undefined,
): Promise<Looked> {
  for (let unreadable = 0; unreadable < UNREADABLE_ANSWERS; unreadable += 1) {
    if (unreadable > 0) await caller.pauseBeforeTry(unreadable, signal);
    const asked = await caller.ask(request, { signal, urgent: true });
    if (asked.kind === "absent") return { kind: "absent" };
    if (asked.kind !== "accepted") return { kind: "unknown", failure: asked.failure };
    const looked = read(asked.answer.json());
    if (looked !== undefined) return looked;
    if (asked.answer.isWebPage()) {
      throw webPageError(asked.answer, { bucket: bucketOf(request), orgUrl: caller.orgUrl });
    }
  }
  return { kind: "unknown", failure: ANSWER_LOST };
}

const UNSPEAKABLE: Failure = {
  code: "ORG_REQUEST_REFUSED",
  reason: "The login holds half a character and can't be looked up.",
  hint: "Mend the login in the source; its encoding was read wrongly.",
};
