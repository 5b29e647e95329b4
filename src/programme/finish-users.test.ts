import { describe, expect, it } from "vitest";
import type { Clock, ImportedUser, ImportedUsers, ResetAnswer, ResetMail } from "../core/index.ts";
import { type FinishPlan, finishUsers } from "./finish-users.ts";
import type { NotedReset, ResetLedger } from "./reset-ledger.ts";

const LOST: ResetAnswer = {
  kind: "lost",
  failure: { code: "ANSWER_LOST", reason: "none came", hint: "again" },
};
const REFUSED: ResetAnswer = {
  kind: "refused",
  failure: { code: "ORG_OPERATION_REFUSED", reason: "no", hint: "look" },
};
const PAGE = 5;

/** An org of waiting users, the ledger beside it, and what was sent in which order. */
class Scene {
  readonly users: Map<string, ImportedUser>;
  readonly notes = new Map<string, NotedReset>();
  readonly deeds: string[] = [];
  readonly pauses: number[] = [];
  readonly stop = new AbortController();
  answer: (oktaId: string) => ResetAnswer = (oktaId) => this.recover(oktaId);
  beforeSend: (oktaId: string) => void = () => undefined;

  constructor(count: number) {
    const ids = Array.from({ length: count }, (_, at) => `u${at}`);
    this.users = new Map(
      ids.map((oktaId, at) => [
        oktaId,
        { oktaId, login: `${oktaId}@example.com`, status: "ACTIVE", createdAtMs: at },
      ]),
    );
  }

  recover(oktaId: string): ResetAnswer {
    this.set(oktaId, "RECOVERY");
    return { kind: "reset" };
  }

  set(oktaId: string, status: string): void {
    const user = this.users.get(oktaId);
    if (user !== undefined) this.users.set(oktaId, { ...user, status });
  }

  async finish(given: Partial<FinishPlan> = {}) {
    const plan: FinishPlan = {
      beforeMs: undefined,
      isOwn: () => true,
      mail: "mail",
      waveSize: 100,
      pauseMs: 0,
      limit: undefined,
      ...given,
    };
    return finishUsers(plan, {
      users: this.#port(),
      ledger: this.#ledger(),
      clock: this.#clock(),
      signal: this.stop.signal,
      listener: {
        onReset: () => undefined,
        onRefused: () => undefined,
        onPause: (wave) => this.deeds.push(`pause after wave ${wave}`),
      },
    });
  }

  #port(): ImportedUsers {
    const { users } = this;
    const send = (oktaId: string, mail: ResetMail): ResetAnswer => {
      if (this.notes.get(oktaId)?.state !== "attempted")
        throw new Error("sent before it was noted");
      this.deeds.push(`${oktaId} ${mail}`);
      return this.answer(oktaId);
    };
    return {
      async *list() {
        const all = [...users.values()];
        for (let at = 0; at < all.length; at += PAGE) {
          yield { users: all.slice(at, at + PAGE), seen: PAGE };
        }
      },
      async *moved() {
        yield [];
      },
      find: async (oktaId) => {
        this.beforeSend(oktaId);
        return users.get(oktaId);
      },
      reset: async (oktaId, mail) => send(oktaId, mail),
    };
  }

  #ledger(): ResetLedger {
    const { notes } = this;
    return {
      find: (oktaId) => notes.get(oktaId),
      note: (oktaId, mail) => notes.set(oktaId, { state: "attempted", mail }),
      end: (oktaId, state) => notes.set(oktaId, { mail: "mail", ...notes.get(oktaId), state }),
    };
  }

  #clock(): Clock {
    return {
      now: () => 0,
      wallNow: () => 0,
      sleep: async (ms) => {
        this.pauses.push(ms);
      },
    };
  }
}

describe("turning users over to a password reset", () => {
  it("resets everybody who is waiting, once, in waves with a pause between", async () => {
    const scene = new Scene(12);
    expect(await scene.finish({ waveSize: 5, pauseMs: 90_000 })).toEqual({
      reset: 12,
      refused: 0,
      gone: 0,
    });
    expect(scene.pauses).toEqual([90_000, 90_000]);
    expect(scene.deeds.indexOf("pause after wave 1")).toBe(5);
    expect(new Set(scene.deeds).size).toBe(14);
    expect(await scene.finish()).toEqual({ reset: 0, refused: 0, gone: 0 });
  });

  it("leaves alone who is younger, of another run, suspended, or turned over already", async () => {
    const scene = new Scene(10);
    scene.set("u0", "SUSPENDED");
    scene.set("u1", "RECOVERY");
    const { reset } = await scene.finish({ beforeMs: 6, isOwn: (oktaId) => oktaId !== "u2" });
    expect(reset).toBe(3);
    expect(scene.deeds.toSorted()).toEqual(["u3 mail", "u4 mail", "u5 mail"]);
  });

  it("spares who signed in after the list was read", async () => {
    const scene = new Scene(3);
    scene.beforeSend = (oktaId) => oktaId === "u1" && scene.users.delete(oktaId);
    expect(await scene.finish()).toEqual({ reset: 2, refused: 0, gone: 1 });
    expect(scene.deeds).not.toContain("u1 mail");
  });

  it("does not send again what the org did though its answer was lost", async () => {
    const scene = new Scene(1);
    scene.answer = (oktaId) => {
      scene.recover(oktaId);
      return LOST;
    };
    expect(await scene.finish()).toMatchObject({ reset: 1, refused: 0 });
    expect(scene.deeds).toEqual(["u0 mail"]);
  });

  it("gives up after three lost answers that led to nothing, and tries again the next time", async () => {
    const scene = new Scene(1);
    scene.answer = () => LOST;
    expect(await scene.finish()).toMatchObject({ reset: 0, refused: 1 });
    expect(scene.deeds).toHaveLength(3);
    scene.answer = (oktaId) => scene.recover(oktaId);
    expect(await scene.finish()).toMatchObject({ reset: 1, refused: 0 });
  });

  it("counts who is refused, and goes on with the others", async () => {
    const scene = new Scene(4);
    scene.answer = (oktaId) => (oktaId === "u2" ? REFUSED : scene.recover(oktaId));
    expect(await scene.finish({ limit: 4 })).toEqual({ reset: 3, refused: 1, gone: 0 });
  });

  it("sends a mail later to those who were turned over without one, and to nobody twice", async () => {
    const scene = new Scene(2);
    scene.set("u1", "RECOVERY");
    await scene.finish({ mail: "no-mail" });
    expect(await scene.finish({ mail: "no-mail" })).toMatchObject({ reset: 0 });
    expect(await scene.finish({ mail: "mail" })).toMatchObject({ reset: 1 });
    expect(await scene.finish({ mail: "mail" })).toMatchObject({ reset: 0 });
    expect(scene.deeds).toEqual(["u0 no-mail", "u0 mail"]);
  });

  it("takes no more than the limit, and none once it is stopped", async () => {
    const scene = new Scene(12);
    expect(await scene.finish({ limit: 7 })).toMatchObject({ reset: 7 });
    scene.stop.abort(new Error("stopped"));
    expect(await scene.finish()).toMatchObject({ reset: 0 });
  });
});
