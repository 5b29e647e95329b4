import { OrgRefusal } from "../org/org-refusal.ts";
import type { Call } from "../routes/call.ts";

const JSON_TYPE = "application/json";

/**
 * Checks who calls and how: token, Content-Type, Accept.
 *
 * @param authorizations the values of the Authorization header that are let in
 * @throws {OrgRefusal} 401, 403, 400 or 406
 * @see docs/okta/access.md#tokens
 */
export function checkCall(
  call: Call,
  isOpen: boolean,
  authorizations: ReadonlySet<string | undefined>,
): void {
  const { headers } = call;
  if (!isOpen && !authorizations.has(headers.authorization))
    throw unknownCaller(headers.authorization);
  const type = headers["content-type"];
  if (call.body !== "" && type !== JSON_TYPE && !type?.toLowerCase().startsWith(JSON_TYPE)) {
    const summary =
      "Bad request. Accept and/or Content-Type headers likely do not match supported values.";
    throw new OrgRefusal(400, "E0000021", summary);
  }
  const { accept } = headers;
  if (
    accept === undefined ||
    accept === JSON_TYPE ||
    /(?:application\/(?:json|\*)|\*\/\*)/i.test(accept)
  ) {
    return;
  }
  throw new OrgRefusal(406, "E0000122", "The Accept header must allow application/json.");
}

function unknownCaller(authorization: string | undefined): OrgRefusal {
  return authorization === undefined
    ? new OrgRefusal(403, "E0000005", "Invalid session")
    : new OrgRefusal(401, "E0000011", "Invalid token provided");
}
