import { type HookRecord, PASSWORD_IMPORT } from "../hooks/hook-record.ts";
import { type HookVerdict, readVerdict, renderPasswordImport } from "../hooks/password-import.ts";
import { noteEvents } from "../log/note-events.ts";
import type { Happening } from "../log/system-log.ts";
import type { Org } from "../org/org.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import { hashOwn } from "../org/own-hash.ts";
import type { UserRecord } from "../org/user-record.ts";
import type { RoutedCall } from "./call.ts";

/** What somebody typed to sign in. */
export interface Typed {
  readonly username: string;
  readonly password: string;
}

/**
 * Asks the password import hook whether a password is right. If it is, the org stores the password and
 * asks no more, unless it can't store anything now.
 *
 * @returns whether it is right; false where there is no active hook
 * @throws {OrgRefusal} 400 `E0000135`, 502 `E0000134` or 504 `E0000137` when the hook fails
 * @see docs/okta/password-hook.md#failure
 */
export async function importPassword(
  org: Org,
  call: RoutedCall,
  { user, username, password }: Typed & { readonly user: UserRecord },
): Promise<boolean> {
  const hook = activeHook(org);
  if (hook === undefined) return false;
  const { requestId, ipAddress, origin } = call;
  const body = renderPasswordImport(org, hook, {
    username,
    password,
    requestId,
    ipAddress,
    origin,
  });
  const { hookTimeoutMs: timeoutMs } = org.manners;
  const verdict = readVerdict(await org.hookCaller.call({ target: hook.target, body, timeoutMs }));
  const isRight = verdict.kind === "VERIFIED";
  const isStored = isRight && !org.isReadOnly() && user.password === "hook";
  if (isStored) store(org, user, password);
  noteEvents(org, call, ...hookEvents(hook, user, verdict), importEvent(user, verdict, isStored));
  if ("why" in verdict) throw hookFailed(verdict.kind);
  return isRight;
}

/** @see docs/okta/system-log.md#events */
function hookEvents(
  hook: HookRecord,
  user: UserRecord,
  verdict: HookVerdict,
): readonly Happening[] {
  const common = { hook, user, by: "user" } as const;
  if ("why" in verdict && verdict.kind !== "error") {
    const reason = verdict.why;
    return [{ type: "inline_hook.executed", ...common, result: "FAILURE", reason }];
  }
  const failure = "why" in verdict ? { result: "FAILURE" as const, reason: verdict.why } : {};
  const debug = "debugContext" in verdict ? { debug: verdict.debugContext } : {};
  return [
    { type: "inline_hook.executed", ...common },
    { type: "inline_hook.response.processed", ...common, ...failure, ...debug },
  ];
}

function importEvent(user: UserRecord, verdict: HookVerdict, isStored: boolean): Happening {
  const happening = { type: "user.import.password", user, by: "user" } as const;
  if (isStored) return happening;
  const reason = verdict.kind === "VERIFIED" ? "the password could not be saved" : verdict.kind;
  return { ...happening, result: "FAILURE", reason };
}

function activeHook(org: Org): HookRecord | undefined {
  for (const hook of org.hooks.values()) {
    if (hook.type === PASSWORD_IMPORT && hook.status === "ACTIVE") return hook;
  }
  return undefined;
}

function store(org: Org, user: UserRecord, password: string): void {
  org.remember(user);
  user.password = hashOwn(password);
  user.provider = "OKTA";
  user.lastUpdatedAt = org.now();
  user.passwordChangedAt = user.lastUpdatedAt;
  user.revision += 1;
}

function hookFailed(kind: Extract<HookVerdict, { readonly why: string }>["kind"]): OrgRefusal {
  switch (kind) {
    case "silent":
      return new OrgRefusal(
        504,
        "E0000137",
        "Okta did not receive a response from an inline hook.",
      );
    case "unusable":
      return new OrgRefusal(
        502,
        "E0000134",
        "Okta could not communicate correctly with an inline hook.",
      );
    case "error":
      return new OrgRefusal(400, "E0000135", "An inline hook responded with an error.");
  }
}
