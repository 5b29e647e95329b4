import { Worker } from "node:worker_threads";
import type { Answer, Order } from "./answer-order.ts";
import { eraseBytes, ownBytes } from "./own-bytes.ts";

/** The compiled file beside the compiled one; in tests, the source beside the source. */
const PROGRAM = new URL(
  `./verify-worker${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`,
  import.meta.url,
);

/** The process's own flags concern the thread only in tests, which give a loader for the source. */
const FLAGS = PROGRAM.pathname.endsWith(".ts") ? process.execArgv : [];

/** JavaScript's own heap; what is hashed in lies outside of it and has bounds of its own. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/**
 * A worker thread that checks one password at a time. It keeps the process alive only while it works.
 */
export class VerifyThread {
  readonly #worker: Worker;
  #give: ((answer: Answer) => void) | undefined;

  /** @param onEnd called once when the thread has ended, by itself or by {@link VerifyThread.end} */
  constructor(onEnd: (thread: VerifyThread) => void) {
    // Its environment is empty: what the process was told there is none of its business.
    this.#worker = new Worker(PROGRAM, { env: {}, execArgv: FLAGS, resourceLimits: LIMITS });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => this.#finish(answer));
    // Followed by "exit". The error itself is dropped: it may quote what the thread worked on.
    this.#worker.on("error", () => undefined);
    this.#worker.on("exit", () => {
      this.#finish("unable");
      onEnd(this);
    });
  }

  /**
   * Resolves with the answer, `unable` when the thread ends over it. One order at a time, whose
   * password goes over to the thread.
   */
  work(order: Order): Promise<Answer> {
    return new Promise((resolve) => {
      this.#give = resolve;
      this.#worker.ref();
      try {
        this.#post(order);
      } catch {
        this.#finish("unable");
      }
    });
  }

  /** Ends the thread; resolves when it has ended, which a computation under way holds up. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #post({ computation, password }: Order): void {
    const own = ownBytes(password);
    try {
      this.#worker.postMessage({ computation, password: own }, [own.buffer]);
    } finally {
      eraseBytes(own);
    }
  }

  #finish(answer: Answer): void {
    this.#worker.unref();
    this.#give?.(answer);
    this.#give = undefined;
  }
}
