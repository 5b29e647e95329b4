/*
 * emulator owns a pretend Okta org on this machine, for rehearsals and tests: users, groups, schema,
 * sign-in, tokens, rate limits, and what can go wrong on the way. Its reading of Okta's API is its own: it
 * must never import okta/, share its types or be imported by it, or one misreading would pass every
 * test. It listens on the loopback interface alone, goes out to the inline hooks that were registered
 * and nowhere else, and never hands out password material.
 */
export { startEmulator, type Emulator, type EmulatorOptions } from "./start-emulator.ts";
export type { AccessSettings } from "./access/access-settings.ts";
export { type App, type AppChange, type AppSetup, NATIVE_APP } from "./access/app.ts";
export { readAppKeys } from "./access/app-keys.ts";
export { ADMIN_ROLES, type AdminRole, isAdminRole } from "./access/roles.ts";
export type { Automation, EmulatedApplication } from "./org/automation.ts";
export type { EmulatedMail, EmulatedUser, EmulatorState } from "./inspect.ts";
export { FAULT_KINDS, type FaultKind, type FaultMix, mixedFaults } from "./traffic/fault-plan.ts";
export { StateFileError, StateFileHeldError } from "./state/state-file-error.ts";
export type { CallNote } from "./traffic/ledger.ts";
export { LIMIT_PLANS, type LimitPlan } from "./traffic/limit-plans.ts";
export type { EmulatorSettings, RateHeaders, Sha256Salt } from "./traffic/settings.ts";
export type { Span, Timetable } from "./traffic/timetable.ts";
