import type { Reading } from "../../core/index.ts";
import type { Answer } from "../answer.ts";

/** What a reading holds, read: an answer that is none of its kind is unreadable. */
export function mapReading<Value>(
  reading: Reading<Answer>,
  read: (answer: Answer) => Value | undefined,
): Reading<Value> {
  if (reading.kind !== "read") return reading;
  const value = read(reading.value);
  return value === undefined
    ? { kind: "unreadable", why: "the answer has another form than documented" }
    : { kind: "read", value };
}
