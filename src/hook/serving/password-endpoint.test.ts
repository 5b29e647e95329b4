import { describe, expect, it } from "vitest";
import { Secret } from "../../core/index.ts";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "../checking/password-checker.ts";
import { countWrongPasswords, type WrongPasswords } from "../throttle/wrong-passwords.ts";
import { UNVERIFIED, VERIFIED } from "./hook-answers.ts";
import type { HookEvent } from "./hook-events.ts";
import { parseHookSecrets } from "./hook-secrets.ts";
import { type BodyReading, PasswordEndpoint } from "./password-endpoint.ts";

const SECRET = "an-invented-secret";
const EVENT_TYPE = "com.okta.user.credential.password.import";

interface Setup {
  readonly says?: (typed: TypedPassword) => Promise<CheckAnswer>;
  readonly wrongPasswords?: WrongPasswords;
}

function anEndpoint({ says, wrongPasswords }: Setup = {}) {
  const clock = new FakeClock();
  const events: HookEvent[] = [];
  const asked: TypedPassword[] = [];
  const checker: PasswordChecker = {
    name: "test",
    check: async (typed) => {
      asked.push({ ...typed, password: Uint8Array.from(typed.password) });
      return (await says?.(typed)) ?? { kind: "wrong", by: { store: "test", format: "bcrypt 10" } };
    },
  };
  const endpoint = new PasswordEndpoint({
    clock,
    secrets: () => parseHookSecrets(new Secret(`${SECRET}\nthe-next-secret\n`), "TEST"),
    checker: () => checker,
    wrongPasswords: wrongPasswords ?? countWrongPasswords(clock),
    digestKey: new Secret(new Uint8Array(32)),
    emit: (event) => events.push(event),
  });
  const answer = (body: BodyReading, authorization: string | undefined = SECRET) =>
    endpoint.answer({
      authorization,
      callerAddress: "203.0.113.9",
      arrivedAtMs: clock.now(),
      readBody: async () => body,
    });
  return { answer, asked, clock, events };
}

function bodyOf(credential: object, request: object = { id: "req1", ipAddress: "192.0.2.7" }) {
  const context = { request, credential };
  return Buffer.from(JSON.stringify({ eventType: EVENT_TYPE, data: { context } }));
}

const TYPED = { username: "Ada@Example.com ", password: "pässword" };

describe("a call of Okta's", () => {
  it("is answered verified for the right password, and unverified for a wrong or unknown one", async () => {
    for (const [kind, expected] of [
      ["verified", VERIFIED],
      ["wrong", UNVERIFIED],
      ["unknown", UNVERIFIED],
    ] as const) {
      const { answer } = anEndpoint({ says: async () => ({ kind }) });
      expect(await answer(bodyOf(TYPED))).toEqual(expected);
    }
    expect(JSON.parse(VERIFIED.body)).toEqual({
      commands: [{ type: "com.okta.action.update", value: { credential: "VERIFIED" } }],
    });
  });

  it("is answered 503, and told of, where a place fails in a way that nobody foresaw", async () => {
    const { answer, events } = anEndpoint({ says: () => Promise.reject(new Error("pässword")) });
    expect((await answer(bodyOf(TYPED))).status).toBe(503);
    expect(events).toMatchObject([{ outcome: "untold", because: "failed", status: 503 }]);
    expect(JSON.stringify(events)).not.toContain("pässword");
  });

  it("is answered 503 where it can't be told, so that nobody is marked wrong by our fault", async () => {
    const says = async (): Promise<CheckAnswer> => ({ kind: "untold", because: "overloaded" });
    const { answer, events } = anEndpoint({ says });
    expect(await answer(bodyOf(TYPED))).toMatchObject({ status: 503 });
    expect(events).toMatchObject([{ outcome: "untold", because: "overloaded", status: 503 }]);
  });

  it("is answered 503 after 2.5 seconds, whatever goes on then", async () => {
    const { answer, clock, events } = anEndpoint({ says: () => new Promise(() => undefined) });
    const answering = answer(bodyOf(TYPED));
    await clock.run({ untilMs: 2499 });
    expect(events).toEqual([]);
    await clock.run({ untilMs: 2500 });
    expect(await answering).toMatchObject({ status: 503 });
    expect(events).toMatchObject([{ because: "late", durationMs: 2500 }]);
  });

  it("hands on the login as it is compared, and the password as it was typed", async () => {
    const { answer, asked } = anEndpoint();
    await answer(bodyOf(TYPED));
    expect(asked).toMatchObject([
      { login: "ada@example.com", username: "Ada@Example.com", address: "192.0.2.7" },
    ]);
    expect(Buffer.from(asked[0]?.password ?? "").toString()).toBe("pässword");
  });

  it("is told without login and password", async () => {
    const { answer, events } = anEndpoint();
    await answer(bodyOf(TYPED));
    await answer(bodyOf({ ...TYPED, username: "ADA@example.com" }));
    expect(JSON.stringify(events)).not.toMatch(/ada@|pässword/i);
    const [first, second] = events as { readonly login?: string }[];
    expect(first?.login).toMatch(/^[0-9a-f]{16}$/);
    expect(second?.login).toBe(first?.login);
    expect(first).toMatchObject({ requestId: "req1", address: "192.0.2.7", format: "bcrypt 10" });
  });

  it.each([
    ["none", undefined],
    ["an empty one", ""],
    ["a wrong one", "an-invented-secreT"],
    ["one more letter", `${SECRET}x`],
    ["both secrets at once", `${SECRET}\nthe-next-secret`],
  ])("with %s for its secret is answered 401, its body unread", async (_what, authorization) => {
    const { answer, asked, events } = anEndpoint();
    expect(await answer(bodyOf(TYPED), authorization ?? "")).toMatchObject({ status: 401 });
    expect(asked).toEqual([]);
    expect(events).toMatchObject([{ outcome: "unauthorized", status: 401 }]);
  });

  it("may come with either secret while one takes the place of the other", async () => {
    const { answer } = anEndpoint();
    expect(await answer(bodyOf(TYPED), "the-next-secret")).toEqual(UNVERIFIED);
  });

  it.each([
    ["no JSON", Buffer.from("{")],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["a list", Buffer.from("[]")],
    ["null", Buffer.from("null")],
    ["another hook", Buffer.from('{"eventType":"com.okta.oauth2.tokens.transform"}')],
    ["without data", Buffer.from(JSON.stringify({ eventType: EVENT_TYPE }))],
    ["without credential", Buffer.from(JSON.stringify({ eventType: EVENT_TYPE, data: {} }))],
    ["without user name", bodyOf({ password: "x" })],
    ["with an empty user name", bodyOf({ username: "  ", password: "x" })],
    ["with a number for a user name", bodyOf({ username: 7, password: "x" })],
    ["with a user name without end", bodyOf({ username: "a".repeat(2000), password: "x" })],
    ["without password", bodyOf({ username: "ada" })],
    ["with a list for a password", bodyOf({ username: "ada", password: ["x"] })],
  ])("that is malformed (%s) is answered 400 and checked nowhere", async (_what, body) => {
    const { answer, asked } = anEndpoint();
    const { status, body: told } = await answer(body);
    expect(status).toBe(400);
    expect(told).not.toContain("ada");
    expect(asked).toEqual([]);
  });

  it.each([
    ["too-large", 413],
    ["cut-off", 400],
    ["too-slow", 503],
  ] as const)("whose body is %s is answered %i", async (reading, status) => {
    const { answer } = anEndpoint();
    expect(await answer(reading)).toMatchObject({ status });
  });

  it("is held by login and address together, with an error and never as wrong", async () => {
    const { answer, asked } = anEndpoint();
    for (let at = 0; at < 10; at += 1) expect(await answer(bodyOf(TYPED))).toEqual(UNVERIFIED);
    expect(await answer(bodyOf(TYPED))).toMatchObject({ status: 503 });
    expect(asked).toHaveLength(10);
    const elsewhere = { id: "req2", ipAddress: "192.0.2.8" };
    expect(await answer(bodyOf(TYPED, elsewhere))).toEqual(UNVERIFIED);
    expect(await answer(bodyOf({ ...TYPED, username: "bo@example.com" }))).toEqual(UNVERIFIED);
  });

  it("is held by the caller's own address where the call names none", async () => {
    const { answer, asked } = anEndpoint();
    await answer(bodyOf(TYPED, { ipAddress: "not one" }));
    expect(asked).toMatchObject([{ address: "203.0.113.9" }]);
  });

  it("is answered in its time though the throttle says nothing", async () => {
    const hang = (): Promise<never> => new Promise(() => undefined);
    const there = countWrongPasswords(new FakeClock());
    for (const [kind, expected] of [
      ["verified", VERIFIED],
      ["wrong", UNVERIFIED],
      ["unknown", UNVERIFIED],
    ] as const) {
      const wrongPasswords = { ...there, noteWrong: hang, noteRight: hang };
      const { answer, clock, events } = anEndpoint({
        says: async () => ({ kind }),
        wrongPasswords,
      });
      const answering = answer(bodyOf(TYPED));
      await clock.run({ untilMs: 2500 });
      expect(await answering).toEqual(expected);
      expect(events).toMatchObject([{ outcome: kind, durationMs: 2500 }]);
    }
    const silent = anEndpoint({ wrongPasswords: { ...there, isHeld: hang } });
    const answering = silent.answer(bodyOf(TYPED));
    await silent.clock.run({ untilMs: 2500 });
    expect((await answering).status).toBe(503);
  });

  it("is checked though the throttle can't be reached", async () => {
    const fail = (): Promise<never> => Promise.reject(new Error("away"));
    const wrongPasswords = { isHeld: fail, noteWrong: fail, noteRight: fail };
    const { answer } = anEndpoint({ wrongPasswords });
    expect(await answer(bodyOf(TYPED))).toEqual(UNVERIFIED);
  });
});
