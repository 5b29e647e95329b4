import { readFile } from "node:fs/promises";

/**
 * Largest resident set of a running process so far, in bytes; undefined where the system does not
 * tell, or the process is gone.
 */
export async function readPeakMemory(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
