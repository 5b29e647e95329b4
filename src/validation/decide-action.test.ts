import { describe, expect, it } from "vitest";
import {
  type Issue,
  type OtherwiseRoute,
  type PasswordHash,
  type PasswordMaterial,
  type Scenario,
  Secret,
} from "../core/index.ts";
import { decideAction } from "./decide-action.ts";

const HASH = new Secret<PasswordHash>({ algorithm: "MD5", value: "XUFAKrxLKna5cZ2REBfFkg==" });
const NO_NAME: Issue = { code: "REQUIRED_MISSING", field: "lastName", reason: "r", hint: "h" };
const SCRYPT: Issue = { code: "PASSWORD_UNSUPPORTED", reason: "r", hint: "h" };

const WITH_HASH: PasswordMaterial = { kind: "hash", label: "bcrypt 10", hash: HASH };
const WITHOUT: PasswordMaterial = { kind: "none" };
const UNUSABLE: PasswordMaterial = { kind: "unusable", label: "argon2id", issue: SCRYPT };

interface Circumstances {
  readonly otherwise?: OtherwiseRoute;
  readonly issues?: readonly Issue[];
}

function decide(
  password: PasswordMaterial,
  scenario: Scenario,
  { otherwise = "reject", issues = [] }: Circumstances = {},
) {
  const profile = { login: "isaac@example.com" };
  const draft = { seq: 1, line: 2, login: "isaac@example.com", profile, password };
  return decideAction({ draft, issues, scenario, otherwise, groupIds: ["00g1"] });
}

function created(credential: object, activate: boolean) {
  const profile = { login: "isaac@example.com" };
  return { kind: "create", user: { profile, credential, activate, groupIds: ["00g1"] } };
}

describe("what is asked of the org for a draft", () => {
  it("with passwords: the hash, and an active user", () => {
    expect(decide(WITH_HASH, "passwords")).toMatchObject(
      created({ kind: "hash", hash: HASH }, true),
    );
  });

  it.each([
    ["nothing", WITHOUT],
    ["a hash", WITH_HASH],
    ["an unusable hash", UNUSABLE],
  ])(
    "staged: no credential and no activation, whatever the source holds: %s",
    (_what, password) => {
      expect(decide(password, "staged")).toMatchObject(created({ kind: "none" }, false));
    },
  );

  it.each([
    ["nothing", WITHOUT],
    ["a hash", WITH_HASH],
    ["an unusable hash", UNUSABLE],
  ])("hook: the hook, and an active user, whatever the source holds: %s", (_what, password) => {
    expect(decide(password, "hook")).toMatchObject(created({ kind: "hook" }, true));
  });

  it("a record without a usable password goes where the operator said", () => {
    for (const password of [WITHOUT, UNUSABLE]) {
      expect(decide(password, "passwords", { otherwise: "hook" })).toMatchObject(
        created({ kind: "hook" }, true),
      );
      expect(decide(password, "passwords", { otherwise: "staged" })).toMatchObject(
        created({ kind: "none" }, false),
      );
    }
  });

  it("a record without a usable password is rejected by default, with the reason of its own", () => {
    expect(decide(UNUSABLE, "passwords")).toMatchObject({ kind: "reject", issues: [SCRYPT] });
    const decision = decide(WITHOUT, "passwords");
    expect(decision.kind === "reject" && decision.issues.map((issue) => issue.code)).toEqual([
      "PASSWORD_MISSING",
    ]);
  });

  it("issues reject a record, the password's beside the profile's", () => {
    expect(decide(WITH_HASH, "passwords", { issues: [NO_NAME] })).toMatchObject({
      kind: "reject",
      issues: [NO_NAME],
    });
    expect(decide(UNUSABLE, "passwords", { issues: [NO_NAME] })).toMatchObject({
      kind: "reject",
      issues: [NO_NAME, SCRYPT],
    });
    expect(decide(UNUSABLE, "staged", { issues: [NO_NAME] })).toMatchObject({
      kind: "reject",
      issues: [NO_NAME],
    });
  });
});

describe("the route of a record", () => {
  const AMBIGUOUS: PasswordMaterial = {
    kind: "unusable",
    label: "ambiguous",
    issue: { code: "PASSWORD_AMBIGUOUS", reason: "r", hint: "h" },
    mustMend: true,
  };

  it.each([
    ["a hash", WITH_HASH, "passwords", "reject", "bcrypt 10", "hash"],
    ["no password", WITHOUT, "passwords", "reject", "no password", "rejected"],
    ["no password", WITHOUT, "passwords", "staged", "no password", "staged"],
    ["an unusable hash", UNUSABLE, "passwords", "hook", "argon2id", "hook"],
    ["an unusable hash", UNUSABLE, "passwords", "reject", "argon2id", "rejected"],
    ["a hash", WITH_HASH, "hook", "reject", "bcrypt 10", "hook"],
    ["a hash", WITH_HASH, "staged", "reject", "bcrypt 10", "staged"],
    ["an unusable hash", UNUSABLE, "staged", "reject", "argon2id", "staged"],
  ] as const)(
    "with %s is told with the format (%#)",
    (_what, material, scenario, otherwise, label, route) => {
      expect(decide(material, scenario, { otherwise }).password).toEqual({ label, route });
    },
  );

  it("that is rejected for its profile is none of those that are sent", () => {
    expect(decide(WITH_HASH, "passwords", { issues: [NO_NAME] }).password).toEqual({
      label: "bcrypt 10",
      route: "rejected",
    });
  });

  it("is never chosen by otherwise where the hash can be several things", () => {
    for (const otherwise of ["reject", "hook", "staged"] as const) {
      expect(decide(AMBIGUOUS, "passwords", { otherwise })).toMatchObject({
        kind: "reject",
        issues: [{ code: "PASSWORD_AMBIGUOUS" }],
        password: { label: "ambiguous", route: "rejected" },
      });
    }
    expect(decide(AMBIGUOUS, "staged").kind).toBe("create");
    expect(decide(AMBIGUOUS, "hook").kind).toBe("create");
  });

  it("carries what is not settled about a hash, only where the hash is sent", () => {
    const warnings: readonly Issue[] = [{ code: "SHA256_SALT_UNSETTLED", reason: "r", hint: "h" }];
    const material: PasswordMaterial = { ...WITH_HASH, warnings };
    expect(decide(material, "passwords").password).toMatchObject({ route: "hash", warnings });
    expect(decide(material, "hook").password).toEqual({ label: "bcrypt 10", route: "hook" });
  });
});
