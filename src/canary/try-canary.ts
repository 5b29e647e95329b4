import type {
  CanaryUser,
  CanaryUsers,
  Clock,
  Failure,
  Secret,
  SignInAnswer,
} from "../core/index.ts";
import type { CanaryKeeper } from "./canary-keeper.ts";

/** A throw-away user, and what is typed for it. */
export interface Canary {
  readonly login: string;
  readonly user: CanaryUser;
  readonly right: Secret;
  readonly wrong: Secret;
}

/** How a trial ended. */
export type Trial =
  | { readonly kind: "not-created"; readonly failure: Failure }
  /** The create's answer was lost, and nobody is there. */
  | { readonly kind: "lost"; readonly failure: Failure }
  /** It is there and did not become active, or could not be looked up. */
  | { readonly kind: "not-active"; readonly reason: string }
  /** `wrong` is typed only after the right password was accepted. */
  | {
      readonly kind: "signed-in";
      readonly right: SignInAnswer;
      readonly wrong: SignInAnswer | undefined;
    };

/** What a trial needs. */
export interface TrialPorts {
  readonly users: CanaryUsers;
  readonly keeper: CanaryKeeper;
  readonly clock: Clock;
  /** Ends the trial; what was made is removed all the same. */
  readonly signal: AbortSignal;
}

/** Statuses in which a password is checked. @see docs/okta/create-user.md#activation */
const READY: ReadonlySet<string> = new Set(["ACTIVE", "PASSWORD_EXPIRED"]);
/** An org without provisioning to wait for takes a second or two. */
const ACTIVATION_LIMIT_MS = 120_000;
/** A create that was lost and is to come has come by then. */
const APPEARANCE_LIMIT_MS = 8_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Makes one throw-away user, waits until it is active, types the right password and then a wrong
 * one, and removes it, whatever happens in between.
 *
 * @throws what the org or the signal stopped it with, after the removal
 */
export async function tryCanary(canary: Canary, ports: TrialPorts): Promise<Trial> {
  const { login } = canary;
  const { keeper } = ports;
  await keeper.note(login);
  try {
    return await tryNoted(canary, ports);
  } finally {
    await keeper.remove(login);
  }
}

async function tryNoted(canary: Canary, ports: TrialPorts): Promise<Trial> {
  const { login, user, right, wrong } = canary;
  const { users, keeper, signal } = ports;
  const made = await users.create(user, signal).catch(async (error: unknown) => {
    // It throws only where the org did not act.
    await keeper.forget(login);
    throw error;
  });
  if (made.kind === "refused") {
    await keeper.forget(login);
    return { kind: "not-created", failure: made.failure };
  }
  const state = await awaitActive(login, ports);
  if (state.kind === "nobody") {
    const failure = made.kind === "lost" ? made.failure : NOBODY;
    return { kind: "lost", failure };
  }
  if (state.kind === "not-active") return state;
  const rightAnswer = await users.signIn(login, right, signal);
  signal.throwIfAborted();
  const isIn = rightAnswer.kind === "accepted";
  const wrongAnswer = isIn ? await users.signIn(login, wrong, signal) : undefined;
  return { kind: "signed-in", right: rightAnswer, wrong: wrongAnswer };
}

type Activation =
  | { readonly kind: "active" }
  | { readonly kind: "nobody" }
  | Extract<Trial, { kind: "not-active" }>;

/** Activation goes on after the create was answered. */
async function awaitActive(
  login: string,
  { users, clock, signal }: TrialPorts,
): Promise<Activation> {
  const startedAtMs = clock.now();
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    signal.throwIfAborted();
    const found = await users.find(login, signal);
    if (found.kind === "unknown") return { kind: "not-active", reason: found.failure.reason };
    const waitedMs = clock.now() - startedAtMs;
    if (found.kind === "absent") {
      if (waitedMs >= APPEARANCE_LIMIT_MS) return { kind: "nobody" };
    } else if (READY.has(found.user.status)) {
      return { kind: "active" };
    } else if (waitedMs >= ACTIVATION_LIMIT_MS) {
      const seconds = Math.round(waitedMs / 1000);
      const reason = `The user is still ${found.user.status || "without a status"} after ${seconds} seconds.`;
      return { kind: "not-active", reason };
    }
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

const NOBODY: Failure = {
  code: "ORG_NOT_FOUND",
  reason: "The org answered the create, and then does not know the user.",
  hint: "Run the same command again.",
};
