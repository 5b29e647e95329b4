import type {
  Clock,
  Failure,
  ImportedUser,
  ImportedUsers,
  ResetAnswer,
  ResetMail,
} from "../core/index.ts";
import type { ResetLedger } from "./reset-ledger.ts";
import { standingOf } from "./standing.ts";

/** Who is turned over, and how. */
export interface FinishPlan {
  /** Only those created before, in milliseconds since 1970; undefined: all. */
  readonly beforeMs: number | undefined;
  /** Whether a user is one of those that are meant at all. */
  readonly isOwn: (oktaId: string) => boolean;
  readonly mail: ResetMail;
  /** Users a wave. */
  readonly waveSize: number;
  /** Between two waves. */
  readonly pauseMs: number;
  /** Most users in all; undefined: no end. */
  readonly limit: number | undefined;
}

/** What it is done with. */
export interface FinishPorts {
  readonly users: ImportedUsers;
  readonly ledger: ResetLedger;
  readonly clock: Clock;
  /** No further user is begun once it fires. */
  readonly signal: AbortSignal;
  readonly listener: FinishListener;
}

/** Who hears of it. */
export interface FinishListener {
  /** A user was reset: so many now. */
  onReset(counts: FinishCounts): void;
  /** The org does not reset a user, or its answers got lost. */
  onRefused(user: ImportedUser, failure: Failure): void;
  /** A wave is done, and the next one waits. */
  onPause(wave: number, pauseMs: number): void;
}

/** What became of users; nobody counts twice. */
export interface FinishCounts {
  readonly reset: number;
  readonly refused: number;
  /** Moved, or were deleted, before it was their turn. */
  readonly gone: number;
}

/** Resets under way at the same time. */
const AT_ONCE = 4;
/** Sendings of a reset whose answers get lost, before it counts as refused. */
const TRIES = 3;

/** Whether a user of a list is to be turned over. */
export function isDue(
  user: ImportedUser,
  plan: Pick<FinishPlan, "beforeMs" | "isOwn" | "mail">,
  ledger: Pick<ResetLedger, "find">,
): boolean {
  if (!plan.isOwn(user.oktaId)) return false;
  if (plan.beforeMs !== undefined && user.createdAtMs >= plan.beforeMs) return false;
  switch (standingOf(user)) {
    case "waiting":
      return true;
    case "aside":
      return false;
    case "reset": {
      // Turned over by us without a mail: now they are to get one.
      const noted = ledger.find(user.oktaId);
      return plan.mail === "mail" && noted !== undefined && noted.mail === "no-mail";
    }
  }
}

/**
 * Turns users over to a password reset, wave by wave: each is looked at once more, noted, and then sent. What an
 * earlier process had begun is seen by the user's status, and not sent again.
 *
 * @throws {OktaError} where no request will fare better
 * @throws {JournalError} where the ledger can't be written
 */
export async function finishUsers(plan: FinishPlan, ports: FinishPorts): Promise<FinishCounts> {
  const waves = new Waves(plan, ports);
  try {
    for await (const { users } of ports.users.list(ports.signal)) {
      const due = users.filter((user) => isDue(user, plan, ports.ledger));
      if (!(await waves.take(due))) break;
    }
  } catch (error) {
    if (!ports.signal.aborted || error !== ports.signal.reason) throw error;
  }
  return waves.counts;
}

class Waves {
  counts: FinishCounts = { reset: 0, refused: 0, gone: 0 };
  readonly #plan: FinishPlan;
  readonly #ports: FinishPorts;
  #inWave = 0;
  #wave = 1;

  constructor(plan: FinishPlan, ports: FinishPorts) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** @returns whether there may be more */
  async take(due: readonly ImportedUser[]): Promise<boolean> {
    const { signal } = this.#ports;
    const { limit = Infinity, waveSize } = this.#plan;
    for (let at = 0; at < due.length;) {
      if (signal.aborted) return false;
      if (this.#inWave >= waveSize) await this.#pause();
      const room = Math.min(AT_ONCE, waveSize - this.#inWave, limit - this.#taken());
      if (room <= 0 || signal.aborted) return false;
      const users = due.slice(at, at + room);
      at += users.length;
      const before = this.#taken();
      await Promise.all(users.map((user) => this.#turnOver(user)));
      this.#inWave += this.#taken() - before;
    }
    return !signal.aborted && this.#taken() < limit;
  }

  #taken(): number {
    return this.counts.reset + this.counts.refused;
  }

  async #pause(): Promise<void> {
    const { clock, listener, signal } = this.#ports;
    const { pauseMs } = this.#plan;
    if (pauseMs > 0) {
      listener.onPause(this.#wave, pauseMs);
      await clock.sleep(pauseMs, signal);
    }
    this.#wave += 1;
    this.#inWave = 0;
  }

  async #turnOver(listed: ImportedUser): Promise<void> {
    const { users, ledger, listener, signal } = this.#ports;
    // The list may be minutes old: whoever signed in meanwhile keeps the password.
    const user = await users.find(listed.oktaId, signal);
    if (user === undefined || !isDue(user, this.#plan, ledger)) {
      this.counts = { ...this.counts, gone: this.counts.gone + 1 };
      return;
    }
    const answer = await this.#send(user);
    if (answer.kind === "refused" || answer.kind === "lost") {
      ledger.end(user.oktaId, "refused");
      this.counts = { ...this.counts, refused: this.counts.refused + 1 };
      listener.onRefused(user, answer.failure);
      return;
    }
    ledger.end(user.oktaId, "reset");
    this.counts = { ...this.counts, reset: this.counts.reset + 1 };
    listener.onReset(this.counts);
  }

  async #send(user: ImportedUser): Promise<ResetAnswer> {
    const { users, ledger, clock, signal } = this.#ports;
    const { mail } = this.#plan;
    for (let tries = 1; ; tries += 1) {
      ledger.note(user.oktaId, mail, clock.wallNow());
      const answer = await users.reset(user.oktaId, mail, signal);
      if (answer.kind !== "lost") return answer;
      const now = await users.find(user.oktaId, signal);
      const wasWaiting = standingOf(user) === "waiting";
      if (now === undefined || (wasWaiting && standingOf(now) === "reset"))
        return { kind: "reset" };
      if (tries >= TRIES) return answer;
    }
  }
}
