import type { SourceValue } from "../../core/index.ts";
import { bytesValue, timestampValue } from "./plain-values.ts";

/** What is known of a column. */
export interface MysqlColumn {
  readonly type: number;
  /** Digits that a number is shown with. */
  readonly length: number;
  readonly isZeroFilled: boolean;
}

const TIMESTAMP = 7;
const DATETIME = 12;
const BIT = 16;

/**
 * A value as the driver gives it (integers of 64 bits, decimals and dates as text) as a source value:
 * times in ISO 8601, bits as their number, a number with leading zeros as its text.
 */
export function mysqlValue(
  value: unknown,
  { type, length, isZeroFilled }: MysqlColumn,
): SourceValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") {
    if (type === TIMESTAMP) return timestampValue(value, "Z");
    if (type === DATETIME) return timestampValue(value, "");
    return isZeroFilled ? value.padStart(length, "0") : value;
  }
  if (typeof value === "number") return isZeroFilled ? String(value).padStart(length, "0") : value;
  if (Buffer.isBuffer(value)) return type === BIT ? bits(value) : bytesValue(value);
  // JSON, which the driver has read; and shapes on a map.
  return value as SourceValue;
}

function bits(bytes: Buffer): number | string {
  const value = BigInt(`0x${bytes.toString("hex") || "0"}`);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
