import { describe, expect, it } from "vitest";
import { isFromOurAttempt, isMadeNoEarlier } from "./judge-found-user.ts";

const ATTEMPT_MS = Date.parse("2026-11-24T12:00:05.400Z");

describe("whose a found user is", () => {
  it.each([
    ["a moment after the attempt", "2026-11-24T12:00:05.401Z", true],
    ["a moment before the attempt", "2026-11-24T12:00:05.399Z", false],
    ["the attempt's second, cut by the org", "2026-11-24T12:00:05.000Z", true],
    ["the second before", "2026-11-24T12:00:04.000Z", false],
    ["the second after", "2026-11-24T12:00:06.000Z", true],
  ])("made at %s", (_, created, isOurs) => {
    expect(isMadeNoEarlier(Date.parse(created), ATTEMPT_MS)).toBe(isOurs);
  });

  it("an attempt whose moment is unknown excludes nobody by time", () => {
    expect(isMadeNoEarlier(0, undefined)).toBe(true);
  });

  it("somebody else's user with the same login is not ours, however late it was made", () => {
    const found = {
      oktaId: "00u1",
      login: "a@example.com",
      status: "ACTIVE",
      createdAtMs: ATTEMPT_MS + 1,
      profile: { login: "a@example.com", email: "a@example.com", firstName: "Somebody" },
    };
    const profile = { login: "a@example.com", email: "a@example.com", firstName: "Ada" };
    const sent = { profile, credential: { kind: "none" }, activate: false, groupIds: [] } as const;
    expect(isFromOurAttempt(found, sent, ATTEMPT_MS)).toBe(false);
    expect(
      isFromOurAttempt(
        found,
        { ...sent, profile: { ...profile, firstName: "SOMEBODY" } },
        ATTEMPT_MS,
      ),
    ).toBe(true);
  });
});
