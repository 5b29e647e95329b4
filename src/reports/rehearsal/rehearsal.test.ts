import { describe, expect, it } from "vitest";
import { computeFullRun } from "./compute-full-run.ts";
import { decide } from "./decide.ts";
import { judgeCounts } from "./judge-counts.ts";
import { judgeHook, judgeSignIns } from "./judge-sign-ins.ts";
import { judgeTraffic, tellCost } from "./judge-traffic.ts";
import { judgeFaults, judgeKill } from "./judge-trials.ts";
import type { Rehearsal, RehearsedLoad } from "./rehearsal.ts";
import { renderBoardPage } from "./render-board-page.ts";
import { renderRehearsal } from "./render-rehearsal.ts";

const SUMMARY = {
  records: 60,
  created: 8,
  updated: 0,
  existing: 0,
  rejected: 2,
  failed: 0,
  pending: 50,
};
const AGREEING = {
  summary: SUMMARY,
  sendable: 10,
  createdRows: 8,
  repeatedRows: 0,
  lost: 0,
  orgUsers: 8,
};

const LOAD: RehearsedLoad = {
  load: "10",
  records: 10,
  limits: "plan",
  created: 8,
  updated: 0,
  existing: 0,
  rejected: 2,
  failed: 0,
  elapsedMs: 1200,
  perSecond: undefined,
  peakBytes: 104_857_600,
  proofs: [{ name: "counts", verdict: "passed", sentence: "8 created." }],
};

const FULL_RUN = computeFullRun({
  creates: 100_000,
  limitPerMinute: 600,
  tokenShare: 0.5,
  rateShare: 0.9,
});

function rehearsalOf(loads: readonly RehearsedLoad[], toMend: number): Rehearsal {
  return {
    source: { name: "users|`x`.csv", invented: false, sha256: "abc123" },
    mapping: "0123-reject",
    scenario: "passwords",
    records: 60,
    routes: [{ label: "bcrypt 10", route: "hash", count: 60 }],
    startedAt: "2026-11-25T10:00:00.000Z",
    elapsedMs: 61_000,
    versions: { "okta-migrate": "0.1.0" },
    limits: { plan: "workforce", createsPerMinute: 600, windowMs: 2000 },
    loads,
    causes: toMend === 0 ? [] : [{ code: "REQUIRED_MISSING", count: toMend }],
    fullRun: FULL_RUN,
    notProven: ["Okta itself."],
    decision: decide({ loads, toMend, stopped: undefined }),
  };
}

describe("the time of a full run", () => {
  it("is that of half the limit, less the part that is left to others", () => {
    expect(FULL_RUN.perMinute).toBe(270);
    // 100,000 / 270 a minute: 6 h 10 min.
    expect(FULL_RUN.durationMs / 60_000).toBeCloseTo(370.37, 2);
    expect(FULL_RUN.atTwiceTheLimits.durationMs / 60_000).toBeCloseTo(185.19, 2);
  });

  it("says what it was computed from, and that nobody measured it", () => {
    expect(FULL_RUN.basis).toBe(
      "computed from 600 creates a minute × 50 % for one token × 0.9 share of the run = 270 a minute; not measured",
    );
  });
});

describe("the counts of a load", () => {
  it("agree when the org has exactly who was created", () => {
    expect(judgeCounts(AGREEING)).toMatchObject({ verdict: "passed" });
  });

  it.each([
    ["a user twice", { orgUsers: 9 }, "Users that the org has twice or too many: 1."],
    ["a user lost", { lost: 1, orgUsers: 7 }, "Users who were created and are not in the org: 1."],
    ["a row too few", { createdRows: 7 }, "created.csv names 7 users, the summary 8."],
    ["one user for two rows", { repeatedRows: 1 }, "Users that the org has twice or too many: 1."],
    ["more sent than asked for", { sendable: 7 }, "Of 7 records 8 were sent and 50 are pending."],
    ["a load of everything with a rest", { sendable: 60 }, "Of 60 records 8 were sent"],
    ["a sum that is none", { summary: { ...SUMMARY, pending: 49 } }, "are not the sum"],
  ])("fail with %s", (_what, differs, complaint) => {
    const proof = judgeCounts({ ...AGREEING, ...differs });
    expect(proof.verdict).toBe("failed");
    expect(proof.sentence).toContain(complaint);
  });
});

describe("the sign-ins of a load", () => {
  const right = { label: "bcrypt 10", tried: 5, signedIn: 5, wrongRefused: 5 };

  it("pass when every sampled user gets in, and nobody with a wrong password", () => {
    expect(judgeSignIns([right])).toMatchObject({ verdict: "passed" });
  });

  it.each([
    [{ ...right, signedIn: 3 }, "2 of 5 users of bcrypt 10 can't sign in"],
    [{ ...right, wrongRefused: 4 }, "1 of 5 users of bcrypt 10 sign in with a wrong password."],
  ])("fail otherwise, naming no user", (tally, complaint) => {
    const proof = judgeSignIns([right, tally]);
    expect(proof.verdict).toBe("failed");
    expect(proof.sentence).toContain(complaint);
  });

  it("by the hook pass when it is called the first time and never again", () => {
    const good = { tried: 5, verified: 5, notCalledFor: 0, remembered: 5 };
    expect(judgeHook(good)).toMatchObject({ verdict: "passed" });
    for (const differs of [{ verified: 4 }, { notCalledFor: 1 }, { remembered: 4 }]) {
      expect(judgeHook({ ...good, ...differs })).toMatchObject({ verdict: "failed" });
    }
  });
});

describe("trials of a load", () => {
  it("that was killed pass when the counts agree after the resume", () => {
    const killed = { killedAt: 4, created: 8, countsAgree: true };
    expect(judgeKill(killed)).toMatchObject({ verdict: "passed" });
    expect(judgeKill({ ...killed, countsAgree: false })).toMatchObject({ verdict: "failed" });
    expect(judgeKill({ ...killed, killedAt: undefined })).toMatchObject({ verdict: "skipped" });
  });

  it("that was killed when nothing was left to be created prove nothing", () => {
    const late = judgeKill({ killedAt: 8, created: 8, countsAgree: true });
    expect(late).toMatchObject({ verdict: "skipped" });
    expect(late.sentence).toContain("all 8 users of the load were created");
    // A user twice is one, however it came about.
    expect(judgeKill({ killedAt: 8, created: 8, countsAgree: false })).toMatchObject({
      verdict: "failed",
    });
  });

  it("with faults pass when it came to the same as without", () => {
    const troubled = { counts: LOAD, twin: LOAD, faults: 8, countsAgree: true };
    expect(judgeFaults(troubled)).toMatchObject({ verdict: "passed" });
    expect(judgeFaults({ ...troubled, faults: 0 })).toMatchObject({ verdict: "skipped" });
    const other = judgeFaults({ ...troubled, twin: { ...LOAD, created: 9, failed: 1 } });
    expect(other.verdict).toBe("failed");
    expect(other.sentence).toContain("created, failed differ");
  });

  it("by the limits fail with a single 429, and tell the budget's use of whole windows", () => {
    const windows = [
      { limit: 600, accepted: 100 },
      { limit: 600, accepted: 540 },
      { limit: 600, accepted: 270 },
      { limit: 600, accepted: 3 },
    ];
    const facts = { rateLimited: { told: 0, given: 0 }, windows, rateShare: 0.9 };
    expect(judgeTraffic(facts).sentence).toBe(
      "No 429; 75 % of the budget used in 2 whole windows.",
    );
    expect(judgeTraffic({ ...facts, rateLimited: { told: 0, given: 1 } })).toMatchObject({
      verdict: "failed",
    });
    expect(judgeTraffic({ ...facts, windows: windows.slice(0, 2) }).sentence).toContain(
      "too short",
    );
  });

  it("tell time and memory, and say where the system knows no memory", () => {
    const cost = { elapsedMs: 10_000, perSecond: 250.4, peakBytes: 104_857_600 };
    expect(tellCost(cost).sentence).toBe("10 s, 250 users a second, at most 100 MB of memory.");
    expect(tellCost({ ...cost, peakBytes: undefined })).toMatchObject({ verdict: "skipped" });
  });
});

describe("the verdict", () => {
  it("is GO where all was proven and every record can be carried", () => {
    expect(decide({ loads: [LOAD], toMend: 0, stopped: undefined })).toMatchObject({
      verdict: "GO",
      reasons: [],
    });
  });

  it("is GO with records to mend where some can't be carried", () => {
    const { title } = decide({ loads: [LOAD], toMend: 1200, stopped: undefined });
    expect(title).toBe("GO with 1,200 records to mend");
  });

  it("is NO-GO, with the reason, where a proof failed, an import stopped or nobody was created", () => {
    const failed = { name: "sign-in", verdict: "failed", sentence: "2 of 5 can't." } as const;
    expect(
      decide({ loads: [{ ...LOAD, proofs: [failed] }], toMend: 3, stopped: undefined }),
    ).toMatchObject({ title: "NO-GO", reasons: ["Load 10, sign-in: 2 of 5 can't."], toMend: 3 });
    expect(decide({ loads: [LOAD], toMend: 0, stopped: "It stopped." })).toMatchObject({
      verdict: "NO-GO",
      reasons: ["It stopped."],
    });
    expect(
      decide({ loads: [{ ...LOAD, created: 0 }], toMend: 10, stopped: undefined }),
    ).toMatchObject({ verdict: "NO-GO", reasons: ["No user could be created."] });
  });

  it("stands on a terminal below a table of the loads", () => {
    const text = renderRehearsal(rehearsalOf([LOAD, { ...LOAD, load: "all", limits: "none" }], 2));
    const lines = text.split("\n");
    expect(lines[0]).toMatch(/^load +created +rejected +failed +time +memory +proofs$/);
    expect(lines[1]).toMatch(/^10 +8 +2 +0 +1 s +100 MB +1 passed$/);
    expect(lines[2]).toMatch(/^all \(no limits\) +8 /);
    expect(text).toContain("  2 REQUIRED_MISSING\n");
    expect(text).toContain("Full run: 100,000 users in about 6 h 10 min, computed from 600");
    expect(text).toMatch(/\nGO with 2 records to mend\n$/);
  });

  it.each([40, 60, 80])("can be read on a terminal of %i columns: no word is torn", (width) => {
    const loads = [LOAD, { ...LOAD, load: "1000 with faults", limits: "none" }] as const;
    const text = renderRehearsal(rehearsalOf(loads, 2), { width });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    const words = text.split(/\s+/);
    for (const word of ["created", "rejected", "failed", "REQUIRED_MISSING", "computed"]) {
      expect(words.map((each) => each.replace(/\W+$/, ""))).toContain(word);
    }
    if (width < 60) {
      expect(text).toContain(
        "load 1000 with faults (no limits)\n  8 created, 2 rejected, 0 failed\n",
      );
    }
  });

  it("is a page for a change board: what, how long, what was proven and what was not", () => {
    const page = renderBoardPage(rehearsalOf([LOAD], 0));
    expect(page).toContain("# Rehearsal of users\\|\\`x\\`.csv: GO\n");
    expect(page).toContain("SHA-256 `abc123`");
    expect(page).toContain("| 10 | 8 | 2 | 0 | 1 s | 100 MB | 1 passed |");
    expect(page).toContain("- counts, passed: 8 created.");
    expect(page).toContain("At twice these limits: about 3 h 05 min.");
    expect(page).toContain("## What was not proven\n\n- Okta itself.");
    expect(page).not.toContain("## Records to mend");
  });
});
