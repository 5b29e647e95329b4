import type {
  CanaryAnswer,
  CanaryUser,
  CanaryUsers,
  Clock,
  Failure,
  FindAnswer,
  RemoveAnswer,
  Secret,
  SignInAnswer,
} from "../../src/core/index.ts";
import { verifyPassword } from "../../src/passwords/index.ts";

/** A step of a trial that a test may change or break. */
export type CanaryStep = "create" | "find" | "signIn" | "remove";

/** How a pretend org is to behave. */
export interface PretendCanaryOptions {
  readonly clock: Clock;
  /** @default true */
  readonly takesHash?: (user: CanaryUser) => boolean;
  /** Whether a password signs in; given what is right by the documented formula. @default that */
  readonly letsIn?: (isRight: boolean, user: CanaryUser, password: string) => boolean;
  readonly status?: (user: CanaryUser) => string;
  /** Before each step; what it throws or gives stands in the place of the org's answer. */
  readonly before?: (step: CanaryStep, login: string) => unknown;
}

export const A_FAILURE: Failure = {
  code: "ORG_VALIDATION",
  reason: "No. (HTTP 400, E0000001)",
  hint: "Do something else.",
};

/** Throw-away users in memory. */
export class PretendCanaries implements CanaryUsers {
  readonly users = new Map<string, CanaryUser>();
  readonly steps: string[] = [];
  /** The most that were there at once. */
  most = 0;
  readonly #options: PretendCanaryOptions;

  constructor(options: PretendCanaryOptions) {
    this.#options = options;
  }

  create(user: CanaryUser): Promise<CanaryAnswer> {
    const login = String(user.profile["login"]);
    return this.#step("create", login, () => {
      if (this.#options.takesHash?.(user) === false) return { kind: "refused", failure: A_FAILURE };
      this.add(user);
      return { kind: "created" };
    });
  }

  /** Makes a user as a create does. */
  add(user: CanaryUser): void {
    this.users.set(String(user.profile["login"]), user);
    this.most = Math.max(this.most, this.users.size);
  }

  find(login: string): Promise<FindAnswer> {
    return this.#step("find", login, () => {
      const user = this.users.get(login);
      if (user === undefined) return { kind: "absent" };
      const status = this.#options.status?.(user) ?? "ACTIVE";
      const createdAtMs = this.#options.clock.wallNow();
      return {
        kind: "found",
        user: { oktaId: `id of ${login}`, login, status, createdAtMs, profile: user.profile },
      };
    });
  }

  signIn(login: string, password: Secret): Promise<SignInAnswer> {
    return this.#step("signIn", login, async () => {
      const user = this.users.get(login);
      if (user === undefined) throw new Error("nobody to sign in");
      const { credential } = user;
      const isRight =
        credential.kind === "value"
          ? credential.password.reveal() === password.reveal()
          : await verifyPassword(credential.hash.reveal(), password.reveal());
      return (this.#options.letsIn?.(isRight, user, password.reveal()) ?? isRight)
        ? { kind: "accepted", saying: "SUCCESS" }
        : { kind: "refused", saying: "Authentication failed (HTTP 401, E0000004)" };
    });
  }

  remove(oktaId: string): Promise<RemoveAnswer> {
    const login = oktaId.slice("id of ".length);
    return this.#step("remove", login, () => {
      this.users.delete(login);
      return { kind: "removed" };
    });
  }

  async #step<T>(step: CanaryStep, login: string, act: () => T | Promise<T>): Promise<T> {
    this.steps.push(step);
    const instead = this.#options.before?.(step, login);
    return instead === undefined ? act() : (instead as T);
  }
}
