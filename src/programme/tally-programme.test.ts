import { expect, it } from "vitest";
import { ProgrammeTally } from "./tally-programme.ts";

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse("2026-11-29T12:00:00Z");
const user = (status: string, ageDays: number) => ({
  oktaId: "00u1",
  login: "ada@example.com",
  status,
  createdAtMs: NOW_MS - ageDays * DAY_MS,
});

it("counts who is waiting by age, and nobody twice", () => {
  const tally = new ProgrammeTally(NOW_MS);
  for (const age of [-1, 0, 6.9, 7, 29, 30, 90, 4000]) tally.addUser(user("ACTIVE", age));
  for (const status of ["LOCKED_OUT", "PASSWORD_EXPIRED"]) tally.addUser(user(status, 1));
  for (const status of ["RECOVERY", "SUSPENDED", "STAGED", "PROVISIONED"]) {
    tally.addUser(user(status, 1));
  }
  const { waiting, reset, aside, byAge } = tally.counts();
  expect({ waiting, reset, aside }).toEqual({ waiting: 10, reset: 1, aside: 3 });
  expect(byAge.map((age) => age.waiting)).toEqual([5, 2, 1, 2]);
});

it("counts who has moved by the day of UTC, in order", () => {
  const tally = new ProgrammeTally(NOW_MS);
  for (const at of ["2026-11-29T00:00:00Z", "2026-11-28T23:59:59Z", "2026-11-29T23:00:00Z"]) {
    tally.addMoved({ movedAtMs: Date.parse(at) });
  }
  expect(tally.counts()).toMatchObject({
    moved: 3,
    byDay: [
      { day: "2026-11-28", moved: 1 },
      { day: "2026-11-29", moved: 2 },
    ],
  });
});
