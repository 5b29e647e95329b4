import { expect, it } from "vitest";
import { planRegistration } from "./plan-registration.ts";

const WANTED = { url: "https://hook.example.com/", name: "Ours" };
const hook = (name: string, url: string, status: "ACTIVE" | "INACTIVE" = "ACTIVE") =>
  ({ id: "cal1", name, url, status }) as const;

it("an org without a hook gets one", () => {
  expect(planRegistration([], WANTED)).toEqual({ kind: "create" });
});

it.each([
  ["the same address", hook("Other", WANTED.url)],
  ["the same name", hook("Ours", "https://old.example.com/")],
  ["the same name, inactive", hook("Ours", "https://old.example.com/", "INACTIVE")],
])("a hook with %s is ours", (_what, known) => {
  expect(planRegistration([known], WANTED)).toEqual({ kind: "update", hook: known });
});

it.each(["ACTIVE", "INACTIVE"] as const)(
  "another one that is %s is refused, and named",
  (status) => {
    const known = hook("Theirs", "https://theirs.example.com/", status);
    expect(() => planRegistration([known], WANTED)).toThrow(/"Theirs" .*theirs\.example\.com/);
  },
);
