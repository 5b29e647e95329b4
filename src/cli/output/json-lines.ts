/** What JSON lets stand and a terminal may obey: C1 controls, marks of direction, the unseen. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Writes one object as a line of standard output, safe to be looked at on a terminal. */
export function writeJsonLine(value: object): void {
  process.stdout.write(jsonLine(value));
}

/** One object as a line, safe to be looked at on a terminal. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value).replace(UNSAFE, escapeUnits)}\n`;
}

/** JSON's own escapes, which stand for the same text. */
function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/**
 * Lets a reader of standard output that goes away, as `head` or a closed terminal does, not end the
 * process: a run goes on and its journal stays whole.
 */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  }
}
