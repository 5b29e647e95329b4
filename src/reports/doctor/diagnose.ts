import { type CheckId, type CheckLine, type CheckStatus, skippedLine } from "./check-line.ts";
import type { DoctorFacts } from "./doctor-facts.ts";
import { judgeClock, judgeOrg, judgeTls } from "./judge-connection.ts";
import { judgeExposure, judgeSource } from "./judge-exposure.ts";
import { judgeConcurrency, judgeLimits, judgeTime, judgeTokenCap } from "./judge-pace.ts";
import { judgeAccess, judgeScopes } from "./judge-rights.ts";
import { judgeRole } from "./judge-role.ts";
import { judgeAutomation, judgeHook, judgeMails, judgeSchema } from "./judge-target.ts";

type Judge = (facts: DoctorFacts) => CheckLine;
/** What must have answered before a check can be made. */
type Needs = "nothing" | "org" | "access";

const CHECKS: readonly (readonly [CheckId, Needs, Judge])[] = [
  ["org", "nothing", judgeOrg],
  ["tls", "nothing", judgeTls],
  ["clock", "nothing", judgeClock],
  ["access", "org", judgeAccess],
  ["scopes", "access", judgeScopes],
  ["role", "access", judgeRole],
  ["limits", "access", judgeLimits],
  ["token-cap", "access", judgeTokenCap],
  ["concurrency", "access", judgeConcurrency],
  ["schema", "access", judgeSchema],
  ["hook", "access", judgeHook],
  ["mails", "nothing", judgeMails],
  ["automation", "access", judgeAutomation],
  ["source", "nothing", judgeSource],
  ["exposure", "nothing", judgeExposure],
  ["time", "access", judgeTime],
];

/** How an org stands for a migration, one line a check, always all of them and in the same order. */
export function diagnose(facts: DoctorFacts): readonly CheckLine[] {
  const { stop } = facts.org;
  return CHECKS.map(([id, needs, judge]) => {
    if (stop?.at === "org" && needs !== "nothing") {
      return skippedLine(id, "Not checked: the org does not answer.");
    }
    if (stop?.at === "access" && needs === "access") {
      return skippedLine(id, "Not checked: the org does not let us in.");
    }
    return judge(facts);
  });
}

/** How many checks ended in each way. */
export function countLines(lines: readonly CheckLine[]): Readonly<Record<CheckStatus, number>> {
  const counts = { pass: 0, warn: 0, fail: 0, skipped: 0 };
  for (const { status } of lines) counts[status] += 1;
  return counts;
}
