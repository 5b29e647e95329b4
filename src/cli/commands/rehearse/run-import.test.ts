import { expect, it } from "vitest";
import { systemClock } from "../../../platform/index.ts";
import type { Children, RunningChild } from "./children.ts";
import { runImport } from "./run-import.ts";

it("an import whose watch fails before the process has ended fails with what the watch says", async () => {
  let end: (how: { readonly code: null; readonly killed: boolean }) => void = () => undefined;
  const ended = new Promise<Awaited<RunningChild["ended"]>>((resolve) => {
    end = resolve;
  });
  const child = { pid: process.pid, ended, kill: () => undefined };
  const children = { start: () => child } as unknown as Children;
  const running = runImport(children, {
    args: [],
    env: {},
    cwd: ".",
    clock: systemClock,
    onProgress: () => undefined,
    killWhen: () => Promise.reject(new Error("the org is gone")),
  });
  await expect(running).rejects.toThrow("the org is gone");
  end({ code: null, killed: true });
});
