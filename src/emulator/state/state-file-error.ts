/** Why a state file can't be used: foreign, broken, or of another version. It is left as it is. */
export class StateFileError extends Error {
  /** Line at fault, from 1 on. */
  readonly line: number;

  /** @param reason what is wrong with the line, such as `is no JSON`; never what stands in it */
  constructor(line: number, reason: string) {
    super(`line ${line} ${reason}`);
    this.line = line;
  }
}

/** Another emulator keeps its org in the state file. */
export class StateFileHeldError extends Error {
  /** Number of its process; undefined where the lock does not tell. */
  readonly pid: number | undefined;
  /** The lock that says so. */
  readonly lockPath: string;

  constructor(pid: number | undefined, lockPath: string) {
    super("another emulator keeps its org there");
    this.pid = pid;
    this.lockPath = lockPath;
  }
}
