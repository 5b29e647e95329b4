import {
  type CanaryUsers,
  type Clock,
  isMigrationError,
  type MigrationError,
  OktaError,
} from "../core/index.ts";
import type { CanaryLedger, NotedCanary } from "./canary-ledger.ts";
import { isCanary } from "./canary-profile.ts";

/** What a keeper works with. */
export interface CanaryKeeperOptions {
  readonly users: CanaryUsers;
  readonly ledger: CanaryLedger;
  readonly clock: Clock;
}

/**
 * How long after it was noted a user may still appear whose create was not answered. Longer than
 * such a request is under way in an org that answers others.
 */
const MAY_APPEAR_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Sees to it that no throw-away user stays: each is noted before it is created, and struck off when
 * it is known to be gone. It removes nobody else: only a user whose login is noted, and who bears
 * the marks of one.
 */
export class CanaryKeeper {
  readonly #users: CanaryUsers;
  readonly #ledger: CanaryLedger;
  readonly #clock: Clock;
  #removed = 0;
  #trouble: MigrationError | undefined;

  constructor({ users, ledger, clock }: CanaryKeeperOptions) {
    this.#users = users;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Users that were found and are gone now. */
  get removed(): number {
    return this.#removed;
  }

  /** Why one could not be removed; no further one should be made then. */
  get trouble(): MigrationError | undefined {
    return this.#trouble;
  }

  /** Logins of those that may still exist. */
  left(): readonly string[] {
    return this.#ledger.noted().map(({ login }) => login);
  }

  /** To be called, and waited for, before a create leaves. */
  note(login: string): Promise<void> {
    return this.#ledger.note({ login, notedAtMs: this.#clock.wallNow() });
  }

  /** For one that was certainly never made. */
  forget(login: string): Promise<void> {
    return this.#ledger.strike(login);
  }

  /** Removes one that was made, or may have been; what keeps it is {@link trouble}, never thrown. */
  async remove(login: string): Promise<void> {
    const noted = this.#ledger.noted().find((canary) => canary.login === login);
    if (noted === undefined) return;
    try {
      await this.#remove(noted);
    } catch (error) {
      if (!isMigrationError(error)) throw error;
      this.#trouble = error;
    }
  }

  /** Removes all that are noted, such as those of a process that was killed. */
  async sweep(): Promise<void> {
    for (const { login } of this.#ledger.noted()) await this.remove(login);
  }

  async #remove(noted: NotedCanary): Promise<void> {
    const { login } = noted;
    const found = await this.#find(noted);
    if (found !== undefined) {
      const answer = await this.#users.remove(found);
      if (answer.kind === "kept") throw leftBehind(login, answer.failure.reason);
      this.#removed += 1;
    }
    await this.#ledger.strike(login);
  }

  /** Its id; undefined when there is none, and none will come. */
  async #find({ login, notedAtMs }: NotedCanary): Promise<string | undefined> {
    for (;;) {
      const answer = await this.#users.find(login);
      if (answer.kind === "unknown") throw leftBehind(login, answer.failure.reason);
      if (answer.kind === "found") {
        if (isCanary(answer.user, login)) return answer.user.oktaId;
        throw leftBehind(
          login,
          "A user has this login who does not bear the marks of one of ours.",
        );
      }
      const ageMs = this.#clock.wallNow() - notedAtMs;
      if (ageMs < 0 || ageMs >= MAY_APPEAR_MS) return undefined;
      await this.#clock.sleep(Math.min(LOOK_AGAIN_MS, MAY_APPEAR_MS - ageMs));
    }
  }
}

function leftBehind(login: string, reason: string): OktaError {
  return new OktaError({
    code: "CANARY_LEFT",
    message: `The throw-away user ${login} could not be removed: ${reason}`,
    hint: "Run okta-migrate canary --clean when the org answers again, or delete the user in the Admin Console.",
  });
}
