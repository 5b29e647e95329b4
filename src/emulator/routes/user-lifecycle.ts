import type { EventType } from "../log/event-types.ts";
import { noteEvents } from "../log/note-events.ts";
import { forgetRules } from "../org/apply-group-rules.ts";
import { moveTo, requireStatus } from "../org/move-user.ts";
import type { Org } from "../org/org.ts";
import { OrgRefusal, stillActivating, validationFailed, wrongStatus } from "../org/org-refusal.ts";
import { removeUser } from "../org/remove-user.ts";
import { sendMail } from "../org/send-mail.ts";
import type { UserRecord } from "../org/user-record.ts";
import {
  type Answer,
  EMPTY_ANSWER,
  flagOf,
  jsonAnswer,
  parameterOf,
  queryOf,
  type RoutedCall,
} from "./call.ts";
import { followRules } from "./follow-rules.ts";
import { userOf } from "./read-users.ts";
import { expirePassword, expireWithTemporary, resetPassword } from "./user-passwords.ts";

const TOKEN_LENGTH = 20;
const DONE = "{}";

/** What can be done to a user's status, and what the System Log calls it. */
interface Operation {
  readonly event: EventType;
  readonly perform: (org: Org, call: RoutedCall, user: UserRecord) => Answer;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries<Operation>({
    activate: { event: "user.lifecycle.activate", perform: activate },
    reactivate: { event: "user.lifecycle.reactivate", perform: reactivate },
    deactivate: { event: "user.lifecycle.deactivate", perform: deactivateOnce },
    suspend: { event: "user.lifecycle.suspend", perform: suspend },
    unsuspend: { event: "user.lifecycle.unsuspend", perform: unsuspend },
    unlock: { event: "user.account.unlock_by_admin", perform: unlock },
    expire_password: { event: "user.account.expire_password", perform: expirePassword },
    expire_password_with_temp_password: {
      event: "user.account.expire_password",
      perform: expireWithTemporary,
    },
    reset_password: { event: "user.account.reset_password", perform: resetPassword },
  }),
);

/** `POST /api/v1/users/{id}/lifecycle/{operation}`. @see docs/okta/user-lifecycle.md#transitions */
export function changeLifecycle(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  if (org.isActivating(user)) throw stillActivating();
  const operation = OPERATIONS.get(parameterOf(call, 1));
  if (operation === undefined) {
    throw new OrgRefusal(501, "E0000060", "Unsupported operation.", [
      `The emulator knows ${[...OPERATIONS.keys()].join(", ")}`,
    ]);
  }
  const answer = operation.perform(org, call, user);
  noteEvents(org, call, { type: operation.event, user });
  followRules(org, call, user);
  return answer;
}

/** `DELETE /api/v1/users/{id}`: the first call deactivates, the second deletes. */
export function deleteUser(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  if (org.isActivating(user)) throw stillActivating();
  if (user.status !== "DEPROVISIONED") {
    deactivate(org, call, user);
    noteEvents(org, call, { type: "user.lifecycle.deactivate", user });
    return EMPTY_ANSWER;
  }
  removeUser(org, user);
  noteEvents(
    org,
    call,
    { type: "user.lifecycle.delete.initiated", user },
    { type: "user.lifecycle.delete.completed", user },
  );
  return EMPTY_ANSWER;
}

function activate(org: Org, call: RoutedCall, user: UserRecord): Answer {
  const sendEmail = flagOf(queryOf(call), "sendEmail", true);
  if (user.status !== "STAGED" && user.status !== "DEPROVISIONED") {
    const summary = "Activation failed because the user is already active";
    throw new OrgRefusal(403, "E0000016", summary);
  }
  const hasPassword = user.password !== undefined || org.manners.optionalPassword;
  const canSignIn = hasPassword || !["OKTA", "IMPORT"].includes(user.provider);
  moveTo(org, user, canSignIn ? "ACTIVE" : "PROVISIONED");
  user.activatedAt = user.statusChangedAt + org.manners.activationMs;
  return activationAnswer(org, call, { user, sendEmail });
}

function reactivate(org: Org, call: RoutedCall, user: UserRecord): Answer {
  requireStatus(user, "PROVISIONED", "RECOVERY");
  const sendEmail = flagOf(queryOf(call), "sendEmail", false);
  moveTo(org, user, "PROVISIONED");
  return activationAnswer(org, call, { user, sendEmail });
}

function activationAnswer(
  org: Org,
  call: RoutedCall,
  { user, sendEmail }: { readonly user: UserRecord; readonly sendEmail: boolean },
): Answer {
  if (sendEmail) {
    sendMail(org, "activation", user);
    return jsonAnswer(DONE);
  }
  const activationToken = org.token(TOKEN_LENGTH);
  const activationUrl = `${call.origin}/tokens/${activationToken}/verify`;
  return jsonAnswer(JSON.stringify({ activationUrl, activationToken }));
}

function deactivate(org: Org, call: RoutedCall, user: UserRecord): void {
  const sendEmail = flagOf(queryOf(call), "sendEmail", false);
  moveTo(org, user, "DEPROVISIONED");
  for (const id of user.groupIds) org.groups.byId(id)?.members.delete(user.ordinal);
  user.groupIds = [];
  forgetRules(org, user);
  if (sendEmail) sendMail(org, "deactivation", user);
}

function deactivateOnce(org: Org, call: RoutedCall, user: UserRecord): Answer {
  if (user.status === "DEPROVISIONED") throw wrongStatus();
  deactivate(org, call, user);
  return jsonAnswer(DONE);
}

function suspend(org: Org, _call: RoutedCall, user: UserRecord): Answer {
  if (user.status !== "ACTIVE") {
    throw validationFailed("suspendUser", "Cannot suspend a user that is not active");
  }
  moveTo(org, user, "SUSPENDED");
  return jsonAnswer(DONE);
}

function unsuspend(org: Org, _call: RoutedCall, user: UserRecord): Answer {
  requireStatus(user, "SUSPENDED");
  moveTo(org, user, "ACTIVE");
  return jsonAnswer(DONE);
}

function unlock(org: Org, _call: RoutedCall, user: UserRecord): Answer {
  if (user.status === "LOCKED_OUT") moveTo(org, user, "ACTIVE");
  else if (user.status !== "ACTIVE") {
    throw new OrgRefusal(403, "E0000032", "Unlock is not allowed for this user.");
  }
  return jsonAnswer(DONE);
}
