import { OAuthRefusal } from "../access/oauth-refusal.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import type { Call } from "../routes/call.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** Checks that a form comes as one. @throws {OAuthRefusal} 400 `invalid_request` */
export function checkForm({ headers, body }: Call): void {
  if (body === "" || headers["content-type"]?.toLowerCase().startsWith(FORM_TYPE)) return;
  const description = "The Content-Type must be application/x-www-form-urlencoded.";
  throw new OAuthRefusal({ error: "invalid_request", description });
}

/**
 * Checks what is sent and what is wanted: Content-Type and Accept.
 *
 * @throws {OrgRefusal} 400 or 406
 */
export function checkTypes(call: Call): void {
  const { headers } = call;
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
