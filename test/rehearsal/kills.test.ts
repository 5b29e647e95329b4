import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../scripts/kills.mjs", import.meta.url));

/** What the script tells of a series of kills. */
interface Series {
  readonly kills: number;
  readonly steps: Readonly<Record<string, { readonly kills: number }>>;
  readonly complaints: readonly string[];
}

it("a run killed at any instant, by an org in trouble, makes everyone once and loses nobody", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [SCRIPT, "--kills", "8", "--seed", "5", "--json"],
    { maxBuffer: 16 * 1024 * 1024 },
  ).catch((error: unknown) => error as { readonly stdout: string });
  const series = JSON.parse(stdout) as Series;
  expect(series.complaints).toEqual([]);
  expect(series.kills).toBe(8);
  expect(Object.keys(series.steps).length).toBeGreaterThan(3);
});
