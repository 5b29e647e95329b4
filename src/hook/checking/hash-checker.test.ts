import { expect, it } from "vitest";
import type { CheckLine } from "./check-line.ts";
import { checkByHash } from "./hash-checker.ts";
import type { HashStore } from "./hash-store.ts";
import type { TypedPassword } from "./password-checker.ts";

it("nobody is looked up while nothing can be answered in time", async () => {
  const asked: string[] = [];
  const store: HashStore = {
    name: "old",
    find: (login) => {
      asked.push(login);
      return { kind: "unknown" };
    },
    decoyFor: () => undefined,
  };
  let isFull = true;
  const line = { canTake: () => !isFull } as unknown as CheckLine;
  const typed = { login: "ada", username: "ada", deadlineMs: 2500 } as TypedPassword;
  const checker = checkByHash(store, line);
  const full = await checker.check(typed);
  expect(full).toEqual({ kind: "untold", because: "overloaded", by: { store: "old" } });
  expect(asked).toEqual([]);
  isFull = false;
  expect(await checker.check(typed)).toMatchObject({ kind: "unknown" });
  expect(asked).toEqual(["ada"]);
});
