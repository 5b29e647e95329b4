import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../../test/support/fake-clock.ts";
import { Secret } from "../../../core/index.ts";
import type { KeptSignIn } from "../../../okta/index.ts";
import { signInUnlessStopped } from "./sign-in-unless-stopped.ts";

const SIGN_IN: KeptSignIn = {
  origin: "https://example.okta.com",
  clientId: "0oaNative",
  login: "ines@example.com",
  scopes: [],
  accessToken: new Secret("an-access-token"),
  scheme: "Bearer",
  endsAtMs: 0,
  refreshToken: undefined,
  key: undefined,
};

function scene({ isRevoked = true } = {}) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const revoked: KeptSignIn[] = [];
  let grant = (_signIn: KeptSignIn): void => undefined;
  let refuse = (_error: Error): void => undefined;
  const signingIn = new Promise<KeptSignIn>((resolve, reject) => {
    grant = resolve;
    refuse = reject;
  });
  const ended = signInUnlessStopped({
    signingIn,
    signal: stop.signal,
    clock,
    revoke: (signIn) => {
      revoked.push(signIn);
      return Promise.resolve(isRevoked);
    },
  });
  return { clock, stop, revoked, ended, grant: () => grant(SIGN_IN), refuse };
}

describe("a sign-in that is waited for", () => {
  it("is given, and nothing is revoked", async () => {
    const { ended, grant, revoked } = scene();
    grant();
    expect([await ended, revoked]).toEqual([{ kind: "signed-in", signIn: SIGN_IN }, []]);
  });

  it("and is refused is told so", async () => {
    const { ended, refuse } = scene();
    refuse(new Error("denied"));
    await expect(ended).rejects.toThrow("denied");
  });

  it.each([
    [true, "revoked"],
    [false, "not-revoked"],
  ])("and is granted after Ctrl-C is ended at the org (%s)", async (isRevoked, granted) => {
    const { ended, stop, grant, revoked } = scene({ isRevoked });
    stop.abort();
    grant();
    expect([await ended, revoked]).toEqual([{ kind: "stopped", granted }, [SIGN_IN]]);
  });

  it("and is granted at the very moment of Ctrl-C is ended at the org", async () => {
    const { ended, stop, grant, revoked } = scene();
    grant();
    stop.abort();
    expect([await ended, revoked]).toEqual([{ kind: "stopped", granted: "revoked" }, [SIGN_IN]]);
  });

  it("and stops at Ctrl-C leaves nothing to be ended", async () => {
    const { ended, stop, refuse, revoked } = scene();
    stop.abort();
    refuse(new Error("stopped"));
    expect([await ended, revoked]).toEqual([{ kind: "stopped", granted: "nothing" }, []]);
  });

  it("is not waited for much longer after Ctrl-C, where the org does not answer", async () => {
    const { ended, stop, clock } = scene();
    stop.abort();
    await clock.run({ untilMs: 5_000 });
    expect(await ended).toEqual({ kind: "stopped", granted: "nothing" });
  });
});
