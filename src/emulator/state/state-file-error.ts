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
