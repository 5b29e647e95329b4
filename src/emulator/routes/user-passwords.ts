import { moveTo, requireStatus } from "../org/move-user.ts";
import type { Org } from "../org/org.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import { hashOwn } from "../org/own-hash.ts";
import { renderUser } from "../org/render-user.ts";
import { sendMail } from "../org/send-mail.ts";
import type { UserRecord, UserStatus } from "../org/user-record.ts";
import { type Answer, flagOf, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";

const TOKEN_LENGTH = 20;
const TEMPORARY_LENGTH = 12;
/** Where a user has a password that can expire. */
const EXPIRABLE: readonly UserStatus[] = ["ACTIVE", "PASSWORD_EXPIRED", "RECOVERY", "LOCKED_OUT"];

/** `…/lifecycle/expire_password`. @see docs/okta/user-lifecycle.md#passwords */
export function expirePassword(org: Org, call: RoutedCall, user: UserRecord): Answer {
  requireStatus(user, ...EXPIRABLE);
  moveTo(org, user, "PASSWORD_EXPIRED");
  return jsonAnswer(renderUser(org, user, call.origin));
}

/** `…/lifecycle/expire_password_with_temp_password`: from now on the one that is answered is right. */
export function expireWithTemporary(org: Org, call: RoutedCall, user: UserRecord): Answer {
  flagOf(queryOf(call), "revokeSessions", false);
  requireStatus(user, ...EXPIRABLE);
  const tempPassword = org.token(TEMPORARY_LENGTH);
  moveTo(org, user, "PASSWORD_EXPIRED");
  user.password = hashOwn(tempPassword);
  user.provider = "OKTA";
  user.passwordChangedAt = user.lastUpdatedAt;
  return jsonAnswer(JSON.stringify({ tempPassword }));
}

/** `…/lifecycle/reset_password`: nobody signs in until the user has followed the link. */
export function resetPassword(org: Org, call: RoutedCall, user: UserRecord): Answer {
  const query = queryOf(call);
  if (!query.has("sendEmail")) {
    throw new OrgRefusal(400, "E0000028", "The request is missing a required parameter.");
  }
  const sendEmail = flagOf(query, "sendEmail", true);
  flagOf(query, "revokeSessions", false);
  if (!EXPIRABLE.includes(user.status) && user.status !== "PROVISIONED") {
    throw new OrgRefusal(403, "E0000017", "Password reset failed");
  }
  moveTo(org, user, "RECOVERY");
  if (sendEmail) {
    sendMail(org, "reset-password", user);
    return jsonAnswer("{}");
  }
  const resetPasswordUrl = `${call.origin}/signin/reset-password/${org.token(TOKEN_LENGTH)}`;
  return jsonAnswer(JSON.stringify({ resetPasswordUrl }));
}
