/** How loud an event is. */
type Severity = "DEBUG" | "INFO" | "WARN";

/** Events that a migration causes, and what the System Log says of each. @see docs/okta/system-log.md#events */
export const EVENT_TYPES = {
  "core.concurrency.org.limit.violation": {
    message: "Too many concurrent requests",
    severity: "WARN",
  },
  "group.user_membership.add": { message: "Add user to group membership", severity: "INFO" },
  "group.user_membership.remove": {
    message: "Remove user from group membership",
    severity: "INFO",
  },
  "inline_hook.executed": { message: "Inline hook executed", severity: "INFO" },
  "inline_hook.response.processed": { message: "Inline hook response processed", severity: "INFO" },
  "system.org.rate_limit.violation": { message: "Rate limit violation", severity: "WARN" },
  "user.account.expire_password": { message: "Expire Okta user's password", severity: "INFO" },
  "user.account.lock": { message: "Max sign in attempts exceeded", severity: "DEBUG" },
  "user.account.reset_password": {
    message: "Fired when the user's Okta password is reset",
    severity: "INFO",
  },
  "user.account.unlock_by_admin": { message: "Unlock user account by admin", severity: "INFO" },
  "user.account.update_password": { message: "User update password for Okta", severity: "INFO" },
  "user.account.update_profile": { message: "Update user profile for Okta", severity: "INFO" },
  "user.import.password": { message: "Import of user's password", severity: "INFO" },
  "user.lifecycle.activate": { message: "Activate Okta user", severity: "INFO" },
  "user.lifecycle.create": { message: "Create okta user", severity: "INFO" },
  "user.lifecycle.deactivate": { message: "Deactivate Okta user", severity: "INFO" },
  "user.lifecycle.delete.completed": { message: "Delete Okta user completed", severity: "INFO" },
  "user.lifecycle.delete.initiated": { message: "Delete Okta user initiated", severity: "INFO" },
  "user.lifecycle.reactivate": { message: "Reactivate Okta user", severity: "INFO" },
  "user.lifecycle.suspend": { message: "Suspend Okta user", severity: "INFO" },
  "user.lifecycle.unsuspend": { message: "Unsuspend Okta user", severity: "INFO" },
  "user.session.start": { message: "User login to Okta", severity: "INFO" },
} as const satisfies Readonly<
  Record<string, { readonly message: string; readonly severity: Severity }>
>;

/** Name of one of them. */
export type EventType = keyof typeof EVENT_TYPES;
