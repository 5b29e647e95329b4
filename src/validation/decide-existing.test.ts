import { describe, expect, it } from "vitest";
import { type NewCredential, type PasswordHash, type Scenario, Secret } from "../core/index.ts";
import { decideExisting, type OnExisting } from "./decide-existing.ts";

const HASH = new Secret<PasswordHash>({ algorithm: "MD5", value: "XUFAKrxLKna5cZ2REBfFkg==" });
const PROFILE = { login: "isaac@example.com", firstName: "Isaac" };

interface Circumstances {
  readonly status?: string;
  readonly scenario?: Scenario;
  readonly credential?: NewCredential;
}

function decide(
  onExisting: OnExisting,
  {
    status = "ACTIVE",
    scenario = "passwords",
    credential = { kind: "hash", hash: HASH },
  }: Circumstances = {},
) {
  const found = { oktaId: "00u1", login: "isaac@example.com", status, createdAtMs: 0, profile: {} };
  const user = { profile: PROFILE, credential, activate: true, groupIds: [] };
  return decideExisting({ found, user, onExisting, scenario });
}

describe("a login that was in the org before the run", () => {
  it("is existing and left alone by default", () => {
    expect(decide("skip")).toEqual({ kind: "existing" });
  });

  it("is a failure where the operator wants that", () => {
    expect(decide("fail")).toMatchObject({ kind: "fail", failure: { code: "LOGIN_EXISTS" } });
  });

  it("gets the mapped profile in an update, and never a password once it may have signed in", () => {
    for (const status of ["ACTIVE", "PROVISIONED", "RECOVERY", "DEPROVISIONED", "SUSPENDED"]) {
      expect(decide("update", { status })).toEqual({
        kind: "update",
        change: { profile: PROFILE },
      });
    }
  });

  it("gets its hash while it is staged, in the passwords scenario only", () => {
    expect(decide("update", { status: "STAGED" })).toEqual({
      kind: "update",
      change: { profile: PROFILE, hash: HASH },
    });
    for (const scenario of ["staged", "hook"] as const) {
      const decision = decide("update", { status: "STAGED", scenario });
      expect(decision).toEqual({ kind: "update", change: { profile: PROFILE } });
    }
    expect(decide("update", { status: "STAGED", credential: { kind: "hook" } })).toEqual({
      kind: "update",
      change: { profile: PROFILE },
    });
  });
});
