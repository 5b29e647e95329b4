import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { DigestComputation } from "../formats/computation.ts";
import { answerOrder } from "./answer-order.ts";

const computation: DigestComputation = {
  kind: "digest",
  preparation: [],
  digest: "sha256",
  salted: "none",
  salt: new Uint8Array(),
  rounds: 1,
  again: "digest",
  value: createHash("sha256").update("a password").digest(),
};

it.each([
  { title: "right", password: "a password", order: computation },
  { title: "wrong", password: "another one", order: computation },
  { title: "unable", password: "a password", order: { ...computation, rounds: -1 } },
])("the password is zeros when the answer is $title", ({ title, password, order }) => {
  const bytes = Buffer.from(password);
  expect(answerOrder({ computation: order, password: bytes })).toBe(title);
  expect(bytes.every((byte) => byte === 0)).toBe(true);
});
