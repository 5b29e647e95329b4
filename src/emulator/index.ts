/*
 * emulator owns a pretend Okta org on this machine, for rehearsals and tests: users, groups, schema,
 * sign-in, rate limits, and what can go wrong on the way. Its reading of Okta's API is its own: it
 * must never import okta/, share its types or be imported by it, or one misreading would pass every
 * test. It must never leave the loopback interface, and never hand out password material.
 */
export { startEmulator, type Emulator, type EmulatorOptions } from "./start-emulator.ts";
export type { EmulatedUser, EmulatorState } from "./inspect.ts";
export { FAULT_KINDS, type FaultKind, type FaultMix, mixedFaults } from "./traffic/fault-plan.ts";
export type { CallNote } from "./traffic/ledger.ts";
export { LIMIT_PLANS, type LimitPlan } from "./traffic/limit-plans.ts";
export type { EmulatorSettings, RateHeaders, Sha256Salt } from "./traffic/settings.ts";
export type { Span, Timetable } from "./traffic/timetable.ts";
