import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { PreparationStep } from "../../formats/computation.ts";
import { preparePassword } from "./prepare-password.ts";

const prepared = (password: string, ...steps: readonly PreparationStep[]): Buffer =>
  Buffer.from(preparePassword(Buffer.from(password), steps));

it("without steps a password is hashed as it is, from memory of its own", () => {
  const password = Buffer.from("Grüße 😀");
  const bytes = preparePassword(password, []);
  bytes.fill(0);
  expect(password.toString()).toBe("Grüße 😀");
});

it("white space is trimmed at both ends as PHP does it, and no other", () => {
  const trim = { step: "trim" } as const;
  expect(prepared(" \t\n\r\v\0a b\u00a0 \n", trim).toString()).toBe("a b\u00a0");
  expect(prepared(" \n ", trim)).toHaveLength(0);
  expect(prepared("", trim)).toHaveLength(0);
});

it("UTF-16 comes with the little end first, whatever the password", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (password) => {
      const text = Buffer.from(password).toString();
      expect(prepared(text, { step: "utf16le" })).toEqual(Buffer.from(text, "utf16le"));
    }),
  );
  expect(prepared("\ufeffa", { step: "utf16le" })).toHaveLength(4);
});

it("a pepper stands before or behind", () => {
  const bytes = Buffer.from([0, 255]);
  expect(prepared("é", { step: "prepend", bytes })).toEqual(Buffer.from([0, 255, 0xc3, 0xa9]));
  expect(prepared("é", { step: "append", bytes })).toEqual(Buffer.from([0xc3, 0xa9, 0, 255]));
});

it("a digest or an HMAC is hashed as its text, in the order of the steps", () => {
  const key = Buffer.from("key");
  const inner = createHmac("sha384", key).update("a pepper").digest("base64");
  const outer = createHash("sha256").update(inner).digest("hex");
  expect(
    prepared(
      " a",
      { step: "trim" },
      { step: "append", bytes: Buffer.from(" pepper") },
      { step: "hmac", digest: "sha384", key, encoding: "base64" },
      { step: "digest", digest: "sha256", encoding: "hex" },
    ).toString(),
  ).toBe(outer);
  expect(
    prepared("a", { step: "digest", digest: "sha512", encoding: "base64url" }).toString(),
  ).toBe(createHash("sha512").update("a").digest("base64url"));
});
