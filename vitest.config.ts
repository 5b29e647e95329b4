import { defineConfig } from "vitest/config";

/** Worker threads that tests start run the sources, as the tests do. */
const RUN_TYPESCRIPT = ["--import", new URL("scripts/typescript-loader.mjs", import.meta.url).href];

/** Rehearsals that count what passes in a window: a busy machine lets less pass. */
const KEEPS_TIME = ["test/rehearsal/shared-bucket.test.ts"];

/** Where processes and sockets are waited for. */
const PROCESSES = {
  pool: "forks",
  testTimeout: 180_000,
  // A condition is waited for as long as a busy machine may need.
  expect: { poll: { timeout: 30_000 } },
  hookTimeout: 60_000,
} as const;

/*
 * unit      one room each, beside the code; shares workers, since no test touches a global
 * contract  across rooms, without sockets
 * rehearsal real sockets, real processes, the built command line: three files at a time, since
 *           each waits for its processes more than it works
 * pace      rehearsals that count what passes in windows of real time: with the machine to themselves
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
          exclude: KEEPS_TIME,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
          ...PROCESSES,
        },
      },
      {
        test: {
          name: "pace",
          include: KEEPS_TIME,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          ...PROCESSES,
        },
      },
    ],
  },
});
