import { timingSafeEqual } from "node:crypto";
import { need } from "./bounds.ts";

/**
 * Whether what was computed is what is stored, in the same time wherever two of a length differ.
 *
 * @throws {NotComputableError} when nothing is stored, which would equal any empty result
 */
export function equalBytes(computed: Uint8Array, stored: Uint8Array): boolean {
  need(stored.length > 0, "the length of the hash");
  return computed.length === stored.length && timingSafeEqual(computed, stored);
}

/** {@link equalBytes} of texts. */
export function equalTexts(computed: string, stored: string): boolean {
  return equalBytes(Buffer.from(computed), Buffer.from(stored));
}
