import { Secret } from "../../core/index.ts";
import { describeToOkta } from "./describe-to-okta.ts";
import type { FormatName } from "./format-table.ts";
import { labelOf } from "./label.ts";
import type { OktaReading } from "./okta-reading.ts";
import type { ReadComputation } from "./stored-format.ts";
import type { StoredHash } from "./stored-hash.ts";

/** A computation that was read, with its label and what Okta can do with it. */
export function toStoredHash(
  format: FormatName,
  { computation, presumes = {} }: ReadComputation,
  okta?: OktaReading,
): StoredHash {
  return {
    format,
    label: labelOf(format, computation),
    computation: new Secret(computation),
    presumes,
    okta: describeToOkta(computation, okta),
  };
}
