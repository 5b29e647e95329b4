import { NOTHING_OMITTED, type Omissions } from "../org/render-user.ts";
import type { Call } from "./call.ts";

const OKTA_RESPONSE = /;\s*okta-response\s*=\s*(?:"([^"]*)"|([^;]*))/i;

/** What `okta-response` in a call's Content-Type asks to be left out. @see docs/okta/lookup.md#smaller-answers */
export function omissionsOf({ headers }: Call): Omissions {
  const match = OKTA_RESPONSE.exec(headers["content-type"] ?? "");
  if (match === null) return NOTHING_OMITTED;
  const words = new Set((match[1] ?? match[2] ?? "").split(",").map((word) => word.trim()));
  return {
    credentials: words.has("omitCredentials"),
    credentialsLinks: words.has("omitCredentialsLinks"),
    transitioningToStatus: words.has("omitTransitioningToStatus"),
  };
}
