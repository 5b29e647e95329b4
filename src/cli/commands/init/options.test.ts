import { describe, expect, it } from "vitest";
import { readInitOptions } from "./options.ts";

describe("the flags of init", () => {
  it("are migration.yaml and the first 100,000 records where nothing is said", () => {
    expect(readInitOptions("users.csv", { out: "migration.yaml", lookAt: "100000" })).toMatchObject(
      {
        source: "users.csv",
        out: "migration.yaml",
        force: false,
        lookAt: 100_000,
        attributes: undefined,
        scenario: undefined,
      },
    );
  });

  it.each([
    [{ lookAt: "0" }, /--look-at/],
    [{ lookAt: "many" }, /--look-at/],
    [{ out: "" }, /--out/],
    [{ out: "-", json: true }, /--json/],
    [{ out: "a.yaml", attributes: "a.yaml" }, /--attributes/],
    [{ staged: true, hook: true }, /--staged, --hook/],
  ])("are refused where they make no sense: %j", (flags, message) => {
    expect(() => readInitOptions("users.csv", flags)).toThrow(message);
  });
});
