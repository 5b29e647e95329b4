import type { Org } from "./org.ts";
import { releaseUniqueValues } from "./unique-values.ts";
import type { UserRecord } from "./user-record.ts";

/** Takes a user out for good: its login, its unique values and its places in groups are free. */
export function removeUser(org: Org, user: UserRecord): void {
  org.remember(user);
  releaseUniqueValues(org, user);
  for (const id of user.groupIds) org.groups.byId(id)?.members.delete(user.ordinal);
  org.users.delete(user);
}
