/*
 * programme owns the way of hook users from the first sign-in to the last: which hook an org should have,
 * who has moved, who has not, and how the rest is turned over to a password reset. It receives ports, and
 * must never reset anybody whom the operator did not name, or send anything before it is noted.
 */
export {
  type KnownHook,
  planRegistration,
  type RegistrationPlan,
  type WantedHook,
} from "./plan-registration.ts";
