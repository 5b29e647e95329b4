import { encodeHex } from "./bytes.ts";
import type { PreparationStep } from "./computation.ts";

/** Whether a password is prepared by just these steps, in this order. */
export function isPreparedAs(
  { preparation }: { readonly preparation: readonly PreparationStep[] },
  steps: readonly PreparationStep[],
): boolean {
  return (
    preparation.length === steps.length &&
    preparation.every((step, index) => textOf(step) === textOf(steps[index]))
  );
}

function textOf(step: PreparationStep | undefined): string {
  switch (step?.step) {
    case undefined:
      return "";
    case "trim":
    case "utf16le":
      return step.step;
    case "prepend":
    case "append":
      return `${step.step} ${encodeHex(step.bytes)}`;
    case "digest":
      return `digest ${step.digest} ${step.encoding}`;
    case "hmac":
      return `hmac ${step.digest} ${step.encoding} ${encodeHex(step.key)}`;
  }
}
