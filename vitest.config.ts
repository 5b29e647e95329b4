import { defineConfig } from "vitest/config";

/** Worker threads that tests start run the sources, as the tests do. */
const RUN_TYPESCRIPT = ["--import", new URL("scripts/typescript-loader.mjs", import.meta.url).href];

/*
 * unit      one room each, beside the code; shares workers, since no test touches a global
 * contract  across rooms, without sockets
 * rehearsal real sockets, real processes, the built command line: two files at a time, since each
 *           waits for its processes more than it works
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          execArgv: RUN_TYPESCRIPT,
          // Property tests take a second alone, and several on a busy machine.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          execArgv: RUN_TYPESCRIPT,
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "rehearsal",
          include: ["test/rehearsal/**/*.test.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 180_000,
          // A condition is waited for as long as a busy machine may need.
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
