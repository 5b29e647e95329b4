import { availableParallelism } from "node:os";
import { openVerifier } from "../../../../passwords/index.ts";
import { onInterrupt, systemClock } from "../../../../platform/index.ts";
import { openSession } from "../../../run/session.ts";
import type { ServeOptions } from "./options.ts";
import { openServeView } from "./serve-view.ts";
import { startService } from "./start-service.ts";

/**
 * Answers Okta's password import hook until the process is asked to end, then lets the calls in flight
 * come to their end.
 *
 * @throws {ConfigError} as {@link startService}
 */
export async function runServe(options: ServeOptions): Promise<void> {
  const session = openSession(options);
  const view = openServeView(session, options.json);
  const threads = options.threads ?? availableParallelism();
  const verifier = openVerifier({ clock: systemClock, threads, maxWaiting: threads });
  const over = new AbortController();
  const { events, environment } = session;
  const emit = view.event;
  try {
    const parts = { verifier, threads, events, environment, emit, signal: over.signal };
    const service = await startService(options, parts);
    const interrupted = new Promise<void>((resolve) => {
      onInterrupt(resolve);
    });
    view.begin(service, options);
    await service.warmUp();
    await interrupted;
    emit({ event: "draining", inFlight: service.server.inFlight });
    await service.drain();
  } finally {
    over.abort();
    await verifier.close();
  }
}
