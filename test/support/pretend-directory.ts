import {
  type CreateAnswer,
  type Failure,
  type FindAnswer,
  foldLogin,
  type FoundUser,
  type NewUser,
  type SendPermit,
  type UpdateAnswer,
  type UserDirectory,
} from "../../src/core/index.ts";

/** What happens to one create that is sent. */
export type Fate =
  | "answered"
  /** The answer is lost, and nothing was made. */
  | "lost-before"
  /** The answer is lost, and the user was made. */
  | "lost-after"
  /** The answer is lost, and the user is made only after the next look-up or create. */
  | "lost-late"
  | "refused";

/** A directory of users in memory, whose answers get lost as a test wants it. */
export class PretendDirectory implements UserDirectory {
  readonly users = new Map<string, FoundUser & { readonly madeBy: string }>();
  readonly #fates: Iterator<Fate>;
  readonly #late: (() => void)[] = [];
  nowMs = 1_800_000_000_000;
  requests = 0;
  doubles = 0;

  constructor(fates: Iterable<Fate> = []) {
    this.#fates = fates[Symbol.iterator]();
  }

  /** A user that was there before the run. */
  add(login: string, profile: Readonly<Record<string, unknown>> = {}): void {
    this.#make(login, { login, ...profile }, "before");
  }

  admit(): Promise<SendPermit> {
    return Promise.resolve({ notBeforeMs: this.nowMs, release: () => undefined });
  }

  create(user: NewUser): Promise<CreateAnswer> {
    this.requests += 1;
    this.nowMs += 10;
    this.#commitLate();
    const login = String(user.profile["login"]);
    const fate = this.#fates.next().value ?? "answered";
    const commit = (): string | undefined => this.#make(login, user.profile, "run");
    if (fate === "refused") return Promise.resolve({ kind: "refused", failure: REFUSED });
    if (fate === "lost-before") return Promise.resolve({ kind: "lost", failure: LOST });
    if (fate === "lost-late") {
      this.#late.push(commit);
      return Promise.resolve({ kind: "lost", failure: LOST });
    }
    const oktaId = commit();
    if (fate === "lost-after") return Promise.resolve({ kind: "lost", failure: LOST });
    return Promise.resolve(
      oktaId === undefined ? { kind: "login-exists" } : { kind: "created", oktaId },
    );
  }

  find(login: string): Promise<FindAnswer> {
    this.requests += 1;
    const user = this.users.get(foldLogin(login));
    const answer: FindAnswer = user === undefined ? { kind: "absent" } : { kind: "found", user };
    this.#commitLate();
    return Promise.resolve(answer);
  }

  update(oktaId: string): Promise<UpdateAnswer> {
    this.requests += 1;
    return Promise.resolve(
      [...this.users.values()].some((user) => user.oktaId === oktaId)
        ? { kind: "updated" }
        : { kind: "refused", failure: REFUSED },
    );
  }

  traffic(): { requests: number; rateLimited: number; retries: number } {
    return { requests: this.requests, rateLimited: 0, retries: 0 };
  }

  #commitLate(): void {
    for (const commit of this.#late.splice(0)) commit();
  }

  #make(
    login: string,
    profile: Readonly<Record<string, unknown>>,
    madeBy: string,
  ): string | undefined {
    const key = foldLogin(login);
    if (this.users.has(key)) return undefined;
    const oktaId = `00u${this.users.size}`;
    const createdAtMs = madeBy === "before" ? this.nowMs - 3_600_000 : this.nowMs;
    this.users.set(key, { oktaId, login, status: "ACTIVE", createdAtMs, profile, madeBy });
    return oktaId;
  }
}

const LOST: Failure = { code: "ORG_SERVER_ERROR", reason: "No answer came.", hint: "Retry." };
const REFUSED: Failure = { code: "ORG_VALIDATION", reason: "The org said no.", hint: "Mend it." };
