/** Writes one object as a line of standard output. */
export function writeJsonLine(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
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
