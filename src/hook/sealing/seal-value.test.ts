import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openValue, sealValue } from "./seal-value.ts";

const bytes = (most: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: most });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("a sealed value", () => {
  it("opens to what was sealed, in its own row", () => {
    fc.assert(
      fc.property(bytes(300), key, bytes(32), (value, sealKey, row) => {
        const sealed = sealValue(value, { key: sealKey, row }, randomBytes);
        const opened = openValue(sealed, { key: sealKey, row });
        return opened !== undefined && Buffer.compare(opened, value) === 0;
      }),
    );
  });

  it("does not open when any one bit of it was changed", () => {
    fc.assert(
      fc.property(bytes(40), key, bytes(32), fc.nat(), (value, sealKey, row, place) => {
        const sealed = sealValue(value, { key: sealKey, row }, randomBytes);
        const bit = place % (sealed.length * 8);
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return openValue(sealed, { key: sealKey, row }) === undefined;
      }),
    );
  });

  it("does not open cut short, in another row, or by another key", () => {
    const [sealKey, row] = [randomBytes(32), randomBytes(32)];
    const sealed = sealValue(Buffer.from("a hash"), { key: sealKey, row }, randomBytes);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(openValue(sealed.subarray(0, length), { key: sealKey, row })).toBeUndefined();
    }
    expect(openValue(sealed, { key: sealKey, row: randomBytes(32) })).toBeUndefined();
    expect(openValue(sealed, { key: randomBytes(32), row })).toBeUndefined();
  });

  it("is another one each time, though the value is the same", () => {
    const sealing = { key: randomBytes(32), row: randomBytes(32) };
    const value = Buffer.from("a hash");
    const all = Array.from({ length: 50 }, () =>
      sealValue(value, sealing, randomBytes).toString("hex"),
    );
    expect(new Set(all).size).toBe(50);
  });
});
