import { describe, expect, it } from "vitest";

import type { SourceValue } from "../../core/index.ts";
import { readSaltedBcrypt } from "./index.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";
const VALUE = ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42";

function read(value: SourceValue, salt?: SourceValue, workFactor?: SourceValue): unknown {
  const material = readSaltedBcrypt({ value, salt, workFactor, defaultWorkFactor: 10 });
  if (material.kind === "hash") return material.hash.reveal();
  return material.kind === "unusable" ? material.issue.code : material.kind;
}

describe("bcrypt in columns", () => {
  it("is joined from its value, its salt and its work factor", () => {
    const hash = { algorithm: "BCRYPT", workFactor: 12, salt: SALT, value: VALUE };
    expect(read(VALUE, SALT, 12)).toEqual(hash);
    expect(read(` ${VALUE}`, `${SALT} `, " 12 ")).toEqual(hash);
  });

  it.each([undefined, null, ""])("without a work factor (%j) takes the usual one", (workFactor) => {
    expect(read(VALUE, SALT, workFactor)).toMatchObject({ workFactor: 10 });
  });

  it("may stand whole in the value's column", () => {
    expect(read(`$2a$12$${SALT}${VALUE}`, "anything")).toMatchObject({
      workFactor: 12,
      salt: SALT,
    });
  });

  it("may have the work factor in front of its salt", () => {
    expect(read(VALUE, `$2a$12$${SALT}`)).toMatchObject({ workFactor: 12, salt: SALT });
    expect(read(VALUE, `$2a$12$${SALT}`, 12)).toMatchObject({ workFactor: 12 });
    expect(read(VALUE, `$2a$12$${SALT}`, 10)).toBe("PASSWORD_MALFORMED");
  });

  it("is no material where there is no value", () => {
    expect(read("", SALT, 10)).toBe("none");
    expect(read(null)).toBe("none");
  });

  it.each<[string, SourceValue, SourceValue, SourceValue]>([
    ["its salt is missing", VALUE, "", 10],
    ["its salt is a number", VALUE, 5, 10],
    ["its salt is in hexadecimal", VALUE, "ab".repeat(16), 10],
    ["its value is a number", 5, SALT, 10],
    ["its value is cut off", VALUE.slice(1), SALT, 10],
    ["its work factor is a word", VALUE, SALT, "ten"],
    ["its work factor is too low", VALUE, SALT, 3],
    ["its work factor is fractional", VALUE, SALT, 10.5],
  ])("is malformed when %s", (_what, value, salt, workFactor) => {
    expect(read(value, salt, workFactor)).toBe("PASSWORD_MALFORMED");
  });
});
