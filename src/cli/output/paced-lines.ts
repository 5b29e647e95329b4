import type { Writable } from "node:stream";
import { jsonLine } from "./json-lines.ts";

/** Lines of JSON at the pace of whoever reads them. */
export interface PacedLines {
  /** Resolves when there is room for more, or nobody reads any more. */
  write(value: object): Promise<void>;
}

/**
 * Writes to a stream such as standard output.
 *
 * @param onAbandoned called once when the reader has gone away, as `head` does, which is no error
 */
export function openPacedLines(stream: Writable, onAbandoned: () => void): PacedLines {
  let abandoned = false;
  let wake = (): void => undefined;
  stream.on("drain", () => wake());
  stream.on("error", () => {
    wake();
    if (abandoned) return;
    abandoned = true;
    onAbandoned();
  });
  return {
    write: async (value) => {
      if (abandoned || stream.write(jsonLine(value))) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
  };
}
