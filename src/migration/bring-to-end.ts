import type {
  Clock,
  EventSink,
  Failure,
  FoundUser,
  Journal,
  NewUser,
  Outcome,
  PendingRecord,
  Scenario,
  SendPermit,
  UserDirectory,
} from "../core/index.ts";
import { decideExisting, type OnExisting } from "../validation/index.ts";
import { isFromOurAttempt } from "./judge-found-user.ts";

/** Lost answers of one record after which it is given up for this run; a retry takes it up again. */
const ATTEMPTS_LOST_AT_MOST = 6;
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 15_000;

/** What sending needs of the outside. */
export interface SendPorts {
  readonly directory: UserDirectory;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Numbers from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly events: EventSink;
}

/** One user on the way into the directory. */
export interface Errand {
  readonly record: PendingRecord;
  readonly user: NewUser;
  readonly scenario: Scenario;
  readonly onExisting: OnExisting;
}

/**
 * Brings one record to its outcome: note the attempt, send, and where the answer is lost look the
 * login up before anything is sent again.
 *
 * - **clear**: no request of ours for this record can be under way. A login that exists was there
 *   before us.
 * - **doubtful**: an attempt's answer never came, now or in an earlier process. The login is looked
 *   up; found, the time and the profile say whose it is; absent, it is sent again, and a late
 *   commit of the lost attempt then shows as a login that exists.
 *
 * @param permit the right to send at once; where it is absent, one is asked for
 * @returns the outcome, not yet noted in the journal
 * @throws the signal's reason when it fires between two requests; the record stays doubtful
 */
export async function bringToEnd(
  errand: Errand,
  permit: SendPermit | undefined,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const { record, user } = errand;
  let doubtful = record.attempted;
  let notBeforeMs = record.notBeforeMs;
  let next = permit;
  for (let lost = 0; ;) {
    if (doubtful) {
      const found = await ports.directory.find(record.login, signal);
      if (found.kind === "unknown") return stillDoubtful(found.failure);
      if (found.kind === "found") return settle(errand, found.user, notBeforeMs, ports, signal);
    }
    const ticket = next ?? (await ports.directory.admit(signal));
    next = undefined;
    if (!doubtful) notBeforeMs = ticket.notBeforeMs;
    await noteAttempt(record.seq, ticket, ports.journal);
    const answer = await ports.directory.create(user, ticket);
    if (answer.kind === "created") return { kind: "created", oktaId: answer.oktaId };
    if (answer.kind === "refused") {
      // What it was refused for may be its own lost attempt: a value that must be unique.
      return doubtful
        ? refusedInDoubt(errand, answer.failure, notBeforeMs, ports, signal)
        : { kind: "failed", ...answer.failure };
    }
    if (answer.kind === "login-exists")
      return taken(errand, { doubtful, notBeforeMs }, ports, signal);
    doubtful = true;
    if (answer.wasProbe !== true) lost += 1;
    if (lost >= ATTEMPTS_LOST_AT_MOST)
      return giveUp(errand, answer.failure, notBeforeMs, ports, signal);
    ports.events.emit({ event: "attempt-lost", seq: record.seq, line: record.line });
    await backOff(lost, ports, signal);
  }
}

async function noteAttempt(seq: number, permit: SendPermit, journal: Journal): Promise<void> {
  try {
    await journal.noteAttempt(seq, permit.notBeforeMs);
  } catch (error) {
    permit.release();
    throw error;
  }
}

async function refusedInDoubt(
  errand: Errand,
  failure: Failure,
  notBeforeMs: number | undefined,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await ports.directory.find(errand.record.login, signal);
  if (found.kind === "unknown") return stillDoubtful(failure);
  return found.kind === "found"
    ? settle(errand, found.user, notBeforeMs, ports, signal)
    : { kind: "failed", ...failure };
}

/** The directory says that the login is taken: by our own lost attempt, or by somebody before us. */
async function taken(
  errand: Errand,
  doubt: { readonly doubtful: boolean; readonly notBeforeMs: number | undefined },
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await ports.directory.find(errand.record.login, signal);
  if (found.kind === "found") {
    return doubt.doubtful
      ? settle(errand, found.user, doubt.notBeforeMs, ports, signal)
      : settleExisting(errand, found.user, ports, signal);
  }
  if (!doubt.doubtful && errand.onExisting === "skip")
    return { kind: "existing", oktaId: undefined };
  const failure: Failure = {
    code: "LOGIN_AMBIGUOUS",
    reason: "The org says that the login is taken, and no look-up finds the user who has it.",
    hint: "Look the login up in the Admin Console; then run retry, which asks again.",
  };
  return doubt.doubtful ? stillDoubtful(failure) : { kind: "failed", ...failure };
}

/** A failure whose code tells the journal that a user may have been made all the same. */
function stillDoubtful(failure: Failure): Outcome {
  return { kind: "failed", ...failure, code: "ANSWER_LOST" };
}

async function settle(
  errand: Errand,
  found: FoundUser,
  notBeforeMs: number | undefined,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  return isFromOurAttempt(found, errand.user, notBeforeMs)
    ? { kind: "created", oktaId: found.oktaId }
    : settleExisting(errand, found, ports, signal);
}

async function settleExisting(
  errand: Errand,
  found: FoundUser,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const { user, onExisting, scenario } = errand;
  const decision = decideExisting({ found, user, onExisting, scenario });
  if (decision.kind === "existing") return { kind: "existing", oktaId: found.oktaId };
  if (decision.kind === "fail") return { kind: "failed", ...decision.failure };
  const answer = await ports.directory.update(found.oktaId, decision.change, signal);
  return answer.kind === "updated"
    ? { kind: "updated", oktaId: found.oktaId }
    : { kind: "failed", ...answer.failure };
}

/** A last look before a record whose answers keep getting lost is given up. */
async function giveUp(
  errand: Errand,
  failure: Failure,
  notBeforeMs: number | undefined,
  ports: SendPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await ports.directory.find(errand.record.login, signal);
  return found.kind === "found"
    ? settle(errand, found.user, notBeforeMs, ports, signal)
    : stillDoubtful(failure);
}

async function backOff(lost: number, ports: SendPorts, signal: AbortSignal): Promise<void> {
  const fullMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, lost - 1));
  await ports.clock.sleep(fullMs * (0.5 + ports.random() / 2), signal);
  signal.throwIfAborted();
}
