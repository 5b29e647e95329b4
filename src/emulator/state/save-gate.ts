import type { Org } from "../org/org.ts";
import type { StateFile } from "./state-file.ts";

/** Holds calls up while the org is written to its state file, so that what is written is of one moment. */
export class SaveGate {
  readonly #file: StateFile | undefined;
  #held: Promise<void> | undefined;

  /** @param file undefined: nothing is ever written */
  constructor(file: StateFile | undefined) {
    this.#file = file;
  }

  /** Resolves when calls may go on; undefined while they may. */
  get held(): Promise<void> | undefined {
    return this.#held;
  }

  /**
   * Writes the org as it stands once it is this one's turn.
   *
   * @returns false where there is no state file
   * @throws {Error} of the system, or a `StateFileError`, when it can't be written
   */
  async save(org: () => Org): Promise<boolean> {
    if (this.#file === undefined) return false;
    while (this.#held !== undefined) await this.#held;
    const saved = this.#file.save(org());
    this.#held = saved.catch(() => undefined);
    try {
      await saved;
    } finally {
      this.#held = undefined;
    }
    return true;
  }
}
