const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls back at the first signal that asks the process to end; a second one ends it at once.
 *
 * @returns takes the handlers away again
 */
export function onInterrupt(callback: () => void): () => void {
  let asked = false;
  const handlers = SIGNALS.map((signal) => {
    const handler = (): void => {
      if (asked) {
        remove();
        process.kill(process.pid, signal);
        return;
      }
      asked = true;
      callback();
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  const remove = (): void => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
  return remove;
}
