import { foldLogin, type FoundUser, type NewUser } from "../core/index.ts";

/** Attributes that tell whether a user is the one that was sent. */
const TELLING = ["email", "firstName", "lastName"] as const;

/**
 * Whether a user found after an attempt without an answer was made by that attempt.
 *
 * It was, when the directory made it no earlier than the attempt and it carries what was sent; a
 * user made before, or one that somebody else made meanwhile, is not ours.
 *
 * @param notBeforeMs earliest moment of the first attempt by the directory's clock; undefined when
 *   it is unknown, and then the profile alone decides
 * @see docs/okta/create-user.md#idempotency
 */
export function isFromOurAttempt(
  found: FoundUser,
  sent: NewUser,
  notBeforeMs: number | undefined,
): boolean {
  if (!isMadeNoEarlier(found.createdAtMs, notBeforeMs)) return false;
  return TELLING.every((name) => sameText(found.profile[name], sent.profile[name]));
}

/**
 * Whether a user may have been made at a moment or later, given that the directory may cut the
 * moment of creation to whole seconds; an unknown moment excludes nothing.
 *
 * @see docs/okta/create-user.md#idempotency
 */
export function isMadeNoEarlier(createdAtMs: number, notBeforeMs: number | undefined): boolean {
  if (notBeforeMs === undefined) return true;
  const stepMs = createdAtMs % 1000 === 0 ? 1000 : 1;
  return createdAtMs >= Math.floor(notBeforeMs / stepMs) * stepMs;
}

function sameText(found: unknown, sent: unknown): boolean {
  // An attribute that the directory does not show, or that is no text, says nothing.
  if (typeof found !== "string" || typeof sent !== "string") return true;
  return foldLogin(found.trim()) === foldLogin(sent.trim());
}
