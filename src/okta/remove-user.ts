import type { Failure, RemoveAnswer } from "../core/index.ts";
import { USER_ROUTE } from "./create-request.ts";
import type { Asked, OrgCaller } from "./org-caller.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";

/** Pauses before each round: an org that is at work on the user needs some seconds. */
const ROUND_PAUSES_MS = [0, 1_000, 4_000];

/**
 * Deactivates and deletes a user until a look-up by id finds nobody: a `DELETE` alone may just have
 * deactivated. Asks for no mail. Every step does no harm twice.
 *
 * @throws {OktaError} where no request will fare better, such as for want of the right to delete
 * @see docs/okta/sign-in.md#removing-a-user
 */
export async function removeUser(caller: OrgCaller, oktaId: string): Promise<RemoveAnswer> {
  const steps = removalSteps(`/api/v1/users/${encodeURIComponent(oktaId)}`);
  let failure: Failure = STILL_THERE;
  for (const pauseMs of ROUND_PAUSES_MS) {
    await caller.pause(pauseMs, undefined);
    for (const step of steps) {
      const asked = await caller.ask(step, { urgent: true });
      if (asked.kind === "absent") return { kind: "removed" };
      // A user who is deactivated already can't be again.
      if (step.method === "DELETE") failure = failureOf(asked) ?? STILL_THERE;
    }
  }
  return { kind: "kept", failure };
}

function removalSteps(user: string): readonly OrgRequest[] {
  const maxBodyBytes = SINGLE_BODY_BYTES;
  return [
    {
      method: "POST",
      route: `${USER_ROUTE}/lifecycle/deactivate`,
      path: `${user}/lifecycle/deactivate?sendEmail=false`,
      maxBodyBytes,
    },
    { method: "DELETE", route: USER_ROUTE, path: `${user}?sendEmail=false`, maxBodyBytes },
    { method: "GET", route: USER_ROUTE, path: user, maxBodyBytes },
  ];
}

function failureOf(asked: Asked): Failure | undefined {
  return asked.kind === "accepted" ? undefined : asked.failure;
}

const STILL_THERE: Failure = {
  code: "ORG_OPERATION_REFUSED",
  reason: "The org took the deletion, and the user is still there.",
  hint: "Look at the user in the Admin Console, and delete it there.",
};
