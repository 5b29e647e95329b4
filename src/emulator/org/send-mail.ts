import type { MailKind } from "./mailbox.ts";
import type { Org } from "./org.ts";
import { profileOf, type UserRecord } from "./user-record.ts";

const ADMINISTRATORS = ["administrator@example.com"];

/**
 * Sends what Okta sends: an activation to both addresses of a user, a reset of the password to the first
 * one, word of a deactivation to the administrators.
 *
 * @see docs/okta/user-lifecycle.md#mails
 */
export function sendMail(org: Org, kind: MailKind, user: UserRecord): void {
  const userId = org.users.idOf(user);
  const at = org.now();
  for (const to of recipientsOf(kind, user)) org.mailbox.send({ kind, to, userId, at });
}

function recipientsOf(kind: MailKind, user: UserRecord): readonly string[] {
  if (kind === "deactivation") return ADMINISTRATORS;
  const { email, secondEmail } = profileOf(user);
  const addresses = kind === "activation" ? [email, secondEmail] : [email];
  return addresses.filter((address) => typeof address === "string" && address !== "") as string[];
}
