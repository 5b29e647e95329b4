import { availableParallelism } from "node:os";
import type { Clock } from "../../core/index.ts";
import { eraseBytes } from "./own-bytes.ts";
import type { PasswordVerifier, Question, Verdict } from "./password-verifier.ts";
import { VerifyThread } from "./verify-thread.ts";

/** How a verifier is set up. */
export interface VerifierOptions {
  readonly clock: Clock;
  /** Threads at most; each is started when it is needed first. @default one for each core */
  readonly threads?: number;
  /** Questions that may wait; a further one is `full`. @default 256 */
  readonly maxWaiting?: number;
}

/** A question that waits for a thread. */
interface Waiting {
  readonly question: Question;
  readonly settle: (verdict: Verdict) => void;
  /** Ends the watch over its deadline. */
  readonly watch: AbortController;
}

const DEFAULT_MAX_WAITING = 256;

/** Opens a verifier. Nothing runs before the first question; close it to end its threads early. */
export function openVerifier(options: VerifierOptions): PasswordVerifier {
  return new ThreadedVerifier(options);
}

class ThreadedVerifier implements PasswordVerifier {
  readonly #clock: Clock;
  readonly #maxThreads: number;
  readonly #maxWaiting: number;
  readonly #threads = new Set<VerifyThread>();
  readonly #idle: VerifyThread[] = [];
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiting>();
  #running = 0;
  #isClosed = false;

  constructor({ clock, threads, maxWaiting }: VerifierOptions) {
    this.#clock = clock;
    this.#maxThreads = threads ?? availableParallelism();
    this.#maxWaiting = maxWaiting ?? DEFAULT_MAX_WAITING;
  }

  get load(): PasswordVerifier["load"] {
    return { running: this.#running, waiting: this.#waiting.size };
  }

  async verify(question: Question): Promise<Verdict> {
    if (this.#isClosed) return dismiss(question, "unable");
    if (this.#isLate(question)) return dismiss(question, "late");
    if (this.#running < this.#maxThreads) return this.#work(question);
    if (this.#waiting.size >= this.#maxWaiting) return dismiss(question, "full");
    return this.#wait(question);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiting of this.#waiting) this.#settle(waiting, "unable");
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #wait(question: Question): Promise<Verdict> {
    return new Promise((settle) => {
      const waiting: Waiting = { question, settle, watch: new AbortController() };
      this.#waiting.add(waiting);
      void this.#watchDeadline(waiting);
    });
  }

  /** So that those who wait in vain are told at once, and take no place. */
  async #watchDeadline(waiting: Waiting): Promise<void> {
    const { deadlineMs } = waiting.question;
    if (deadlineMs === undefined) return;
    await this.#clock.sleep(deadlineMs - this.#clock.now(), waiting.watch.signal);
    this.#settle(waiting, "late");
  }

  /** Answers a question that still waits, without working on it. */
  #settle(waiting: Waiting, verdict: Verdict): void {
    if (this.#take(waiting)) waiting.settle(dismiss(waiting.question, verdict));
  }

  /** Takes a question off the queue; false when another has done so. */
  #take(waiting: Waiting): boolean {
    waiting.watch.abort();
    return this.#waiting.delete(waiting);
  }

  async #work(question: Question): Promise<Verdict> {
    this.#running += 1;
    try {
      return await this.#ask(question);
    } finally {
      this.#running -= 1;
      this.#workOn();
    }
  }

  async #ask({ computation, password }: Question): Promise<Verdict> {
    try {
      const thread = this.#idle.pop() ?? this.#start();
      const verdict = await thread.work({ computation: computation.reveal(), password });
      if (this.#threads.has(thread)) this.#idle.push(thread);
      return verdict;
    } catch {
      return "unable";
    } finally {
      eraseBytes(password);
    }
  }

  /** @throws where the system gives no further thread */
  #start(): VerifyThread {
    const thread = new VerifyThread((ended) => this.#forget(ended));
    this.#threads.add(thread);
    return thread;
  }

  #forget(ended: VerifyThread): void {
    this.#threads.delete(ended);
    const at = this.#idle.indexOf(ended);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  /** Gives threads that have come free to those who wait longest. */
  #workOn(): void {
    for (const waiting of this.#waiting) {
      if (this.#running >= this.#maxThreads) return;
      if (this.#isLate(waiting.question)) {
        this.#settle(waiting, "late");
      } else if (this.#take(waiting)) {
        void this.#work(waiting.question).then(waiting.settle);
      }
    }
  }

  #isLate({ deadlineMs }: Question): boolean {
    return deadlineMs !== undefined && this.#clock.now() > deadlineMs;
  }
}

/** Gives a verdict on a password that was never looked at. */
function dismiss({ password }: Question, verdict: Verdict): Verdict {
  eraseBytes(password);
  return verdict;
}
