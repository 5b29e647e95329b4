import { createHash, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../test/support/fake-clock.ts";
import {
  A_FAILURE,
  PretendCanaries,
  type PretendCanaryOptions,
} from "../../test/support/pretend-canaries.ts";
import { type CanaryUser, OktaError } from "../core/index.ts";
import type { SaltReading } from "../passwords/index.ts";
import { builtInSchema } from "../validation/index.ts";
import { type CanaryCase, namedCases } from "./canary-case.ts";
import { CanaryKeeper } from "./canary-keeper.ts";
import type { CanaryLedger, NotedCanary } from "./canary-ledger.ts";
import { planCanaryProfiles } from "./canary-profile.ts";
import type { Finding } from "./finding.ts";
import { tryCases } from "./try-cases.ts";

/** A ledger in memory that knows what was noted when. */
class MemoryLedger implements CanaryLedger {
  readonly kept = new Map<string, NotedCanary>();

  noted(): readonly NotedCanary[] {
    return [...this.kept.values()];
  }

  note(canary: NotedCanary): Promise<void> {
    this.kept.set(canary.login, canary);
    return Promise.resolve();
  }

  strike(login: string): Promise<void> {
    this.kept.delete(login);
    return Promise.resolve();
  }
}

const BCRYPT: CanaryCase = { shape: { algorithm: "BCRYPT", workFactor: 4 }, password: "usual" };
const SHA256: CanaryCase = {
  shape: { algorithm: "SHA-256", saltOrder: "PREFIX" },
  password: "usual",
};
const MD5: CanaryCase = { shape: { algorithm: "MD5" }, password: "usual" };

async function trial(
  cases: readonly CanaryCase[],
  options: Omit<PretendCanaryOptions, "clock"> & {
    readonly stop?: AbortController;
    readonly saltReading?: SaltReading;
  } = {},
) {
  const clock = new FakeClock();
  const org = new PretendCanaries({ clock, ...options });
  const ledger = new MemoryLedger();
  const keeper = new CanaryKeeper({ users: org, ledger, clock });
  const findings: Finding[] = [];
  let control: Finding | undefined;
  const { signal } = options.stop ?? new AbortController();
  const newProfile = planCanaryProfiles(builtInSchema(), { randomBytes });
  let isOver = false;
  const trying = tryCases(cases, {
    users: org,
    keeper,
    clock,
    signal,
    newProfile,
    randomBytes,
    saltReading: options.saltReading,
    onTrying: () => undefined,
    onFinding: (finding, tried) => {
      if (tried === undefined) control = finding;
      else findings.push(finding);
    },
  });
  const error: unknown = await Promise.all([
    trying.catch((reason: unknown) => reason).finally(() => (isOver = true)),
    // Hashing takes real time, in which the clock stands still.
    (async () => {
      while (!isOver) await clock.run({ done: () => isOver });
    })(),
  ]).then(([reason]) => reason);
  return { org, ledger, keeper, findings, control, error };
}

function algorithmOf({ credential }: CanaryUser): string | undefined {
  return credential.kind === "hash" ? credential.hash.reveal().algorithm : undefined;
}

describe("an org that does as Okta documents", () => {
  it("signs every kind of hash in, and nobody stays", async () => {
    const all = namedCases(["sha-512", "sha-256", "sha-1", "md5", "pbkdf2"]).concat(BCRYPT);
    const { findings, control, org, ledger, keeper } = await trial(all);
    expect(control).toMatchObject({ create: "ok", signIn: "ok" });
    expect(findings.map(({ signIn }) => signIn)).toEqual(all.map(() => "ok"));
    expect([org.users.size, org.most, ledger.kept.size]).toEqual([0, 1, 0]);
    expect(keeper.removed).toBe(all.length + 1);
  });

  it("is said to decode the salt of SHA-256, and of no other", async () => {
    const { findings } = await trial([SHA256, MD5, namedCases(["sha-1"])[0] ?? MD5]);
    expect(findings.map(({ salt }) => salt)).toEqual(["decoded", undefined, undefined]);
    expect(findings[0]?.reason).toContain("decodes the salt: nothing to do");
  });

  it("is told apart from one in which any password signs in", async () => {
    const { findings, control } = await trial([MD5], { letsIn: () => true });
    expect(control).toMatchObject({ signIn: "unknown" });
    expect(findings).toMatchObject([{ signIn: "unknown" }]);
  });
});

/** By the digest over the salt's text, worked out here. */
const literally: PretendCanaryOptions["letsIn"] = (isRight, { credential }, password) => {
  if (credential.kind !== "hash") return isRight;
  const { salt = "", value } = credential.hash.reveal();
  return createHash("sha256").update(`${salt}${password}`).digest("base64") === value;
};

describe("an org that takes the salt of SHA-256 literally", () => {
  it("is found out with a second user, and the line to write is given", async () => {
    const { findings, org } = await trial([SHA256], { letsIn: literally });
    expect(findings).toMatchObject([{ create: "ok", signIn: "refused", salt: "literal" }]);
    expect(findings[0]?.hint).toContain("oktaSha256Salt: literal");
    expect(org.steps.filter((step) => step === "create")).toHaveLength(3);
    expect(org.users.size).toBe(0);
  });

  it("is fine where the import means it so, and told where the org decodes after all", async () => {
    const saltReading = "literal";
    const { findings } = await trial([SHA256], { letsIn: literally, saltReading });
    expect(findings).toMatchObject([{ signIn: "ok", salt: "literal" }]);
    const { findings: others } = await trial([SHA256], { saltReading });
    expect(others).toMatchObject([{ signIn: "refused", salt: "decoded" }]);
    expect(others[0]?.hint).toContain("oktaSha256Salt: decoded");
  });

  it("is not assumed where neither reading signs in", async () => {
    const { findings } = await trial([SHA256], {
      letsIn: (isRight, user) => isRight && algorithmOf(user) !== "SHA-256",
    });
    expect(findings).toMatchObject([{ signIn: "refused" }]);
    expect(findings[0]).not.toHaveProperty("salt");
  });
});

describe("a refusal", () => {
  it("of the create is told with the org's reason", async () => {
    const { findings, ledger } = await trial([MD5, BCRYPT], {
      takesHash: (user) => algorithmOf(user) !== "MD5",
    });
    expect(findings).toMatchObject([
      { create: "refused", signIn: "unknown", hint: A_FAILURE.hint },
      { create: "ok", signIn: "ok" },
    ]);
    expect(findings[0]?.reason).toContain(A_FAILURE.reason);
    expect(ledger.kept.size).toBe(0);
  });

  it("of the right password is the hash's fault where the control signs in", async () => {
    const { findings } = await trial([MD5], {
      letsIn: (isRight, user) => isRight && algorithmOf(user) === undefined,
    });
    expect(findings).toMatchObject([{ create: "ok", signIn: "refused" }]);
    expect(findings[0]?.hint).toContain("import hook");
  });

  it("of the control's own password ends the trial: nothing could be judged", async () => {
    const { findings, control, org } = await trial([MD5, BCRYPT], { letsIn: () => false });
    expect(control).toMatchObject({ create: "ok", signIn: "refused" });
    expect(findings.map(({ signIn }) => signIn)).toEqual(["unknown", "unknown"]);
    expect(org.steps.filter((step) => step === "create")).toHaveLength(1);
  });

  it("without a control, which a password policy may refuse, proves nothing", async () => {
    const { findings, control } = await trial([MD5, BCRYPT], {
      takesHash: (user) => algorithmOf(user) !== undefined,
      letsIn: (isRight, user) => isRight && algorithmOf(user) !== "MD5",
    });
    expect(control).toMatchObject({ create: "refused" });
    expect(findings).toMatchObject([{ signIn: "unknown" }, { signIn: "ok" }]);
  });

  it.each([
    ["right", 3, "unknown"],
    ["wrong", 4, "ok"],
  ])(
    "of a locked account, told for the %s password, is read for what it is",
    async (_which, nth, signIn) => {
      let signIns = 0;
      const { findings } = await trial([MD5], {
        before: (step) => {
          if (step !== "signIn") return undefined;
          signIns += 1;
          return signIns === nth ? { kind: "locked-out", saying: "LOCKED_OUT" } : undefined;
        },
      });
      expect(findings).toMatchObject([{ signIn }]);
    },
  );
});

describe("activation", () => {
  it("is waited for", async () => {
    const seen = new Map<CanaryUser, number>();
    const { findings } = await trial([MD5], {
      status: (user) => {
        const times = (seen.get(user) ?? 0) + 1;
        seen.set(user, times);
        return times < 4 ? "STAGED" : "ACTIVE";
      },
    });
    expect(findings).toMatchObject([{ signIn: "ok" }]);
  });

  it("that never ends is told, and the user removed", async () => {
    const { findings, org, control } = await trial([MD5], { status: () => "STAGED" });
    expect(control).toMatchObject({ create: "ok", signIn: "unknown" });
    expect(control?.reason).toMatch(/still STAGED after \d+ seconds/);
    expect(findings).toHaveLength(1);
    expect(org.users.size).toBe(0);
  });
});

describe("whatever happens in between", () => {
  const STEPS = ["create", "find", "signIn"] as const;

  it.each(STEPS)("an org that fails at %s leaves nobody, and the trial ends", async (failing) => {
    const stopped = new OktaError({ code: "ORG_UNAVAILABLE", message: "down", hint: "wait" });
    let isDown = false;
    const { error, org, ledger, findings } = await trial([MD5], {
      before: (step) => {
        if (step !== failing || isDown) return undefined;
        isDown = true;
        throw stopped;
      },
    });
    expect(error).toBe(stopped);
    expect([org.users.size, ledger.kept.size, findings.length]).toEqual([0, 0, 0]);
  });

  it.each(STEPS)("a stop at %s leaves nobody", async (at) => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const { error, org, ledger } = await trial([MD5], {
      stop,
      before: (step) => {
        if (step === at) stop.abort(reason);
        return undefined;
      },
    });
    expect(error).toBe(reason);
    expect([org.users.size, ledger.kept.size]).toEqual([0, 0]);
  });

  it("a create whose answer is lost is looked for, tried and removed", async () => {
    let creates = 0;
    const { findings, org, keeper } = await trial([MD5], {
      before: (step) => {
        if (step !== "create") return undefined;
        creates += 1;
        return creates === 2 ? { kind: "lost", failure: A_FAILURE } : undefined;
      },
    });
    expect(findings).toMatchObject([{ create: "unknown", signIn: "unknown" }]);
    expect(keeper.left()).toEqual([]);
    expect(org.users.size).toBe(0);
  });

  it("a user that can't be removed stays noted, and no further one is made", async () => {
    const { findings, org, keeper, ledger } = await trial([MD5, BCRYPT], {
      before: (step) => (step === "remove" ? { kind: "kept", failure: A_FAILURE } : undefined),
    });
    expect(keeper.trouble).toMatchObject({ code: "CANARY_LEFT" });
    expect(keeper.left()).toEqual([...org.users.keys()]);
    expect([org.users.size, ledger.kept.size]).toEqual([1, 1]);
    expect(findings.map(({ reason }) => reason)).toEqual([
      "Not tried: an earlier throw-away user could not be removed.",
      "Not tried: an earlier throw-away user could not be removed.",
    ]);
  });

  it("no secret is in what was found", async () => {
    const secrets: string[] = [];
    const { findings, control, ledger } = await trial([MD5, SHA256], {
      letsIn: (isRight, { credential }) => {
        if (credential.kind === "value") secrets.push(credential.password.reveal());
        else secrets.push(credential.hash.reveal().value);
        return isRight;
      },
    });
    const all = inspect([findings, control, ledger], { depth: 9 });
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});

describe("removing what an earlier process left", () => {
  const NOTED = { login: "okta-migrate-canary-old@example.com", notedAtMs: 0 };

  async function sweep(profile: CanaryUser["profile"] | undefined) {
    const clock = new FakeClock();
    const org = new PretendCanaries({ clock });
    const ledger = new MemoryLedger();
    const keeper = new CanaryKeeper({ users: org, ledger, clock });
    await ledger.note(NOTED);
    if (profile !== undefined) {
      const value = createHash("md5").update("x").digest("base64");
      const hash = { algorithm: "MD5", value } as never;
      org.add({ profile, credential: { kind: "hash", hash } });
    }
    await keeper.sweep();
    return { org, keeper };
  }

  it("takes away whom it finds", async () => {
    const newProfile = planCanaryProfiles(builtInSchema(), { randomBytes });
    const { org, keeper } = await sweep({ ...newProfile(), login: NOTED.login });
    expect([org.users.size, keeper.removed, keeper.left().length]).toEqual([0, 1, 0]);
  });

  it("forgets who is not there", async () => {
    const { keeper } = await sweep(undefined);
    expect([keeper.removed, keeper.left(), keeper.trouble]).toEqual([0, [], undefined]);
  });

  it("never touches a user who does not bear our marks, whatever the login", async () => {
    const { org, keeper } = await sweep({
      login: NOTED.login,
      firstName: "Ada",
      lastName: "canary (throw-away)",
    });
    expect(org.users.size).toBe(1);
    expect(org.steps).not.toContain("remove");
    expect(keeper.trouble).toMatchObject({ code: "CANARY_LEFT" });
  });

  it("waits for one that was about to be made a moment ago", async () => {
    const clock = new FakeClock();
    const org = new PretendCanaries({ clock });
    const ledger = new MemoryLedger();
    const keeper = new CanaryKeeper({ users: org, ledger, clock });
    const newProfile = planCanaryProfiles(builtInSchema(), { randomBytes });
    const profile = newProfile();
    await keeper.note(String(profile["login"]));
    const sweeping = keeper.sweep();
    await clock.run({ untilMs: 3000 });
    org.add({ profile, credential: { kind: "hash", hash: undefined as never } });
    await Promise.all([sweeping, clock.run()]);
    expect([org.users.size, keeper.removed, keeper.left().length]).toEqual([0, 1, 0]);
  });
});
