import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, type RoutedCall } from "./call.ts";
import { groupOf } from "./groups.ts";

/** `GET /api/v1/groups/{groupId}/apps`. @see docs/okta/org.md#applications-of-a-group */
export function listGroupApps(org: Org, call: RoutedCall): Answer {
  const isEveryone = groupOf(org, call) === org.groups.everyone;
  const assigned = isEveryone ? org.automation.everyoneApps : [];
  const created = org.isoOf(0);
  const apps = assigned.map(({ label, provisions }, index) => ({
    id: idOf("0oa", index),
    name: "bookmark",
    label,
    status: "ACTIVE",
    created,
    lastUpdated: created,
    features: provisions ? ["PUSH_NEW_USERS"] : [],
    signOnMode: "BOOKMARK",
    settings: { app: { requestIntegration: false, url: "https://example.com/" } },
  }));
  return jsonAnswer(JSON.stringify(apps));
}

function idOf(kind: string, index: number): string {
  return kind + String(index).padStart(17, "0");
}
