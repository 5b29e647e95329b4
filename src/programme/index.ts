/*
 * programme owns the way of hook users from the first sign-in to the last: which hook an org should have,
 * who has moved, who has not, and how the rest is turned over to a password reset. It receives ports, and
 * must never reset anybody whom the operator did not mean, or send anything before it is noted.
 */
export {
  type FinishCounts,
  type FinishListener,
  type FinishPlan,
  finishUsers,
  isDue,
} from "./finish-users.ts";
export { planRegistration, type RegistrationPlan } from "./plan-registration.ts";
export { standingOf } from "./standing.ts";
export { type ProgrammeCounts, ProgrammeTally } from "./tally-programme.ts";
