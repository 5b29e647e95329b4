import type { IncomingMessage } from "node:http";
import type { BodyReading } from "./password-endpoint.ts";

/** Okta's calls have about one; a password may have four. */
const MOST_BODY_BYTES = 64 * 1024;

/** Reads a body of at most 64 KiB, until the signal fires. Never rejects. */
export function readBody(request: IncomingMessage, signal: AbortSignal): Promise<BodyReading> {
  if (Number(request.headers["content-length"]) > MOST_BODY_BYTES) {
    return Promise.resolve("too-large");
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (reading: BodyReading): void => {
      request.off("data", take).off("end", finish).off("close", cutOff).pause();
      signal.removeEventListener("abort", giveUp);
      for (const chunk of chunks) chunk.fill(0);
      resolve(reading);
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BODY_BYTES) settle("too-large");
    };
    const finish = (): void => settle(Buffer.concat(chunks));
    const cutOff = (): void => settle("cut-off");
    const giveUp = (): void => settle("too-slow");
    request
      .on("data", take)
      .on("end", finish)
      .on("close", cutOff)
      .on("error", () => undefined);
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
}
