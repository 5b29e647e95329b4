import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, type RoutedCall } from "./call.ts";

/** `GET /.well-known/okta-organization`, for anyone. */
export function getWellKnown(org: Org, call: RoutedCall): Answer {
  const _links = { organization: { href: call.origin } };
  return jsonAnswer(JSON.stringify({ id: org.id, pipeline: "idx", _links }));
}

/** `GET /api/v1/org`. */
export function getOrg(org: Org): Answer {
  const created = org.isoOf(org.createdAt);
  const facts = {
    id: org.id,
    companyName: "Emulated org",
    subdomain: "emulator",
    status: "ACTIVE",
    created,
    lastUpdated: created,
  };
  return jsonAnswer(JSON.stringify(facts));
}
