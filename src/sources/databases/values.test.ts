import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mysqlValue } from "./mysql-values.ts";
import { bytesValue, integerValue, jsonValue, timestampValue } from "./plain-values.ts";
import { postgresqlReader } from "./postgresql-values.ts";

const BCRYPT = "$2b$04$hfzsjYpOiQ5t1RCbUgXZDepa/Rho8dfixViRMuSWMZgBzwPnK42MS";
const read = (type: number, text: string): unknown =>
  postgresqlReader(type, new Map([[99_999, 99_998]]), (list, element) =>
    list.slice(1, -1).split(",").map(element),
  )(text);

describe("bytes", () => {
  it("are hexadecimal digits, as raw digests are wanted", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 19 }), (bytes) => {
        expect(bytesValue(Buffer.from(bytes))).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it.each([BCRYPT, "{SSHA}5en6G6MezRroT3XKqkdPOmY/BfQ="])(
    "of a stored-hash string are that string: %s",
    (text) => expect(bytesValue(Buffer.from(text))).toBe(text),
  );

  it("that only begin like one are digits", () => {
    const bytes = Buffer.from([0x24, ...new Uint8Array(31)]);
    expect(bytesValue(bytes)).toBe(bytes.toString("hex"));
  });
});

describe("whole numbers", () => {
  it("are exact, as a number or as text", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(BigInt(integerValue(value))).toBe(value);
      }),
    );
  });
});

it("JSON that is none stays text", () => {
  expect(jsonValue('{"a":1}')).toEqual({ a: 1 });
  expect(jsonValue("{")).toBe("{");
});

it.each([
  ["2026-01-31 10:11:12.5", "Z", "2026-01-31T10:11:12.5Z"],
  ["0000-00-00 00:00:00", "", "0000-00-00T00:00:00"],
  ["infinity", "", "infinity"],
] as const)("the time %s is written in ISO 8601", (text, zone, expected) => {
  expect(timestampValue(text, zone)).toBe(expected);
});

describe("a value of PostgreSQL", () => {
  it.each([
    [16, "t", true],
    [16, "f", false],
    [17, "\\x00ff", "00ff"],
    [20, "9007199254740993", "9007199254740993"],
    [23, "-7", -7],
    [701, "1.5", 1.5],
    [701, "NaN", "NaN"],
    [1700, "1.10", "1.10"],
    [1042, "DE   ", "DE"],
    [1043, "DE   ", "DE   "],
    [1082, "2026-01-31", "2026-01-31"],
    [1114, "2026-01-31 10:11:12", "2026-01-31T10:11:12"],
    [1184, "2026-01-31 10:11:12.123+00", "2026-01-31T10:11:12.123Z"],
    [1184, "infinity", "infinity"],
    [3802, '{"a":[1]}', { a: [1] }],
    [1000, "{t,f}", [true, false]],
    [1016, "{1,2}", ["1", "2"]],
    [99_999, "{one,two}", ["one", "two"]],
    [2950, "6f1c…", "6f1c…"],
  ])("of type %i keeps what it says: %s", (type, text, expected) => {
    expect(read(type, text)).toEqual(expected);
  });
});

describe("a value of MySQL", () => {
  const column = { length: 6, isZeroFilled: false };
  it.each([
    [null, 253, null],
    ["text", 253, "text"],
    ["2026-01-31 10:11:12", 12, "2026-01-31T10:11:12"],
    ["2026-01-31 10:11:12", 7, "2026-01-31T10:11:12Z"],
    ["2026-01-31", 10, "2026-01-31"],
    [1, 1, 1],
    [Buffer.from([5]), 16, 5],
    [Buffer.alloc(8, 0xff), 16, "18446744073709551615"],
    [Buffer.from(BCRYPT), 253, BCRYPT],
    [Buffer.from([0, 255]), 252, "00ff"],
    [{ a: 1 }, 245, { a: 1 }],
  ])("%j of type %i is %j", (value, type, expected) => {
    expect(mysqlValue(value, { ...column, type })).toEqual(expected);
  });

  it("keeps the zeros that a column fills numbers with", () => {
    expect(mysqlValue(42, { type: 3, length: 6, isZeroFilled: true })).toBe("000042");
    expect(mysqlValue("42", { type: 8, length: 6, isZeroFilled: true })).toBe("000042");
  });
});
