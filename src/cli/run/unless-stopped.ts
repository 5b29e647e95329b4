/**
 * What a piece of work gives, or undefined as soon as the signal fires: the work may go on then, and
 * nobody waits for it or hears of its end.
 *
 * @throws what the work throws, before the signal fires
 */
export async function unlessStopped<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  work.catch(() => undefined);
  let stop = (): void => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
