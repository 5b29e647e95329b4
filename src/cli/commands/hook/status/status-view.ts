import { printable } from "../../../../core/index.ts";
import type { ProgrammeCounts } from "../../../../programme/index.ts";
import { formatCount } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import type { Session } from "../../../run/session.ts";

/** Hashes that were taken out of a store. */
export interface WipeCounts {
  readonly store: string;
  readonly wiped: number;
  /** Logins that the store still has; undefined where it was not touched. */
  readonly left?: number;
}

/** Where the programme stands. */
export interface ProgrammeStatus {
  readonly org: string;
  readonly run: string | undefined;
  /** How many the run created for the hook. */
  readonly created: number | undefined;
  /** All users of the org, but those that are deactivated. */
  readonly users: number;
  readonly counts: ProgrammeCounts;
  readonly isLogRead: boolean;
  /** Undefined where the token may not see it. */
  readonly hasHook: boolean | undefined;
  readonly names: string | undefined;
  readonly wiped: WipeCounts | undefined;
}

/** Tells programs in one line, or people in sentences. */
export function tellStatus(session: Session, json: boolean, status: ProgrammeStatus): void {
  if (json) {
    tellPrograms(status);
    return;
  }
  for (const line of linesOf(status)) session.terminal.print(printable(line));
}

function tellPrograms({ counts, isLogRead, hasHook, ...rest }: ProgrammeStatus): void {
  const { moved, byDay, ...standing } = counts;
  writeJsonLine({
    event: "hook-status",
    ...rest,
    ...standing,
    ...(isLogRead ? { moved, byDay } : {}),
    hook: hasHook === undefined ? "unknown" : hasHook ? "active" : "none",
  });
}

function linesOf(status: ProgrammeStatus): readonly string[] {
  const { counts, created, users, run, hasHook, names, wiped } = status;
  const { waiting, reset, aside } = counts;
  const whose =
    run === undefined
      ? `${status.org}: ${formatCount(users)} users`
      : `${run}: ${formatCount(created ?? 0)} users created for the hook`;
  return [
    whose,
    ...movedLines(status),
    `waiting    ${formatCount(waiting)} have not signed in with their old password yet`,
    ...counts.byAge
      .filter((age) => age.waiting > 0)
      .map(({ fromDays, toDays, waiting: count }) => {
        const span =
          toDays === undefined ? `${fromDays} days and more` : `${fromDays} to ${toDays - 1} days`;
        return `           ${span}: ${formatCount(count)}`;
      }),
    ...(reset > 0 ? [`reset      ${formatCount(reset)} are to choose a new password`] : []),
    ...(aside > 0
      ? [
          `aside      ${formatCount(aside)} can't sign in at present (staged, suspended or not activated)`,
        ]
      : []),
    ...hookLines(hasHook, waiting),
    ...(run === undefined && waiting > 0
      ? ["note: users imported with a hash look the same to Okta; --run leaves them out."]
      : []),
    ...(names === undefined ? [] : [`${names} names who is waiting.`]),
    ...(wiped === undefined ? [] : [wipeLine(wiped)]),
  ];
}

function movedLines({ counts, isLogRead }: ProgrammeStatus): readonly string[] {
  if (!isLogRead) return [];
  const days = counts.byDay.map(({ day, moved }) => `           ${day}: ${formatCount(moved)}`);
  return [`moved      ${formatCount(counts.moved)} in the last 90 days, by the org's log`, ...days];
}

function hookLines(hasHook: boolean | undefined, waiting: number): readonly string[] {
  if (hasHook === true) return ["hook       active"];
  if (hasHook === undefined) return [];
  return waiting > 0
    ? ["hook       none is active: whoever is waiting can't sign in. okta-migrate hook register"]
    : ["hook       none is active"];
}

function wipeLine({ store, wiped, left }: WipeCounts): string {
  if (left === undefined) return `${store}: nothing to wipe.`;
  return `${store}: ${formatCount(wiped)} hashes wiped, ${formatCount(left)} logins left.`;
}
