import { OktaError } from "../core/index.ts";
import type { Asked, OrgCaller } from "./org-caller.ts";
import { bucketOf } from "./org-sender.ts";
import { webPageError } from "./reactions.ts";
import { addressHint } from "./stops.ts";
import type { OrgRequest } from "./transport.ts";

/**
 * The JSON of an answer that preparation can't do without.
 *
 * @throws {OktaError} ORG_UNAVAILABLE where none came, ORG_ANSWER_UNEXPECTED where it is none
 */
export function readBody(
  { orgUrl }: Pick<OrgCaller, "orgUrl">,
  request: OrgRequest,
  asked: Asked,
): unknown {
  const bucket = bucketOf(request);
  if (asked.kind === "gave-up") {
    throw unavailable(`The org gave no answer to ${bucket} in several tries.`);
  }
  if (asked.kind === "accepted") {
    const body = asked.answer.json();
    if (body !== undefined) return body;
    if (asked.answer.isWebPage()) throw webPageError(asked.answer, { bucket, orgUrl });
  }
  throw new OktaError({
    code: "ORG_ANSWER_UNEXPECTED",
    message: `The org's answer to ${bucket} can't be used.`,
    hint: `${addressHint(orgUrl)} A proxy may stand in between.`,
    ...(asked.kind === "accepted" ? { status: asked.answer.status } : {}),
  });
}

/** That the org gave no answer, which a later call may get. */
export function unavailable(message: string): OktaError {
  const hint = "See status.okta.com; run the same command again to resume.";
  return new OktaError({ code: "ORG_UNAVAILABLE", message, hint });
}
