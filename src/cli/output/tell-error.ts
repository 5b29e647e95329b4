import type { MigrationError } from "../../core/index.ts";
import { writeJsonLine } from "./json-lines.ts";
import { printableMessage } from "./printable-message.ts";

/** Tells an error: to programs as an event on standard output, to people on standard error. */
export function tellError(
  { code, message, hint }: Pick<MigrationError, "code" | "message" | "hint">,
  { json }: { readonly json: boolean },
): void {
  const shown = printableMessage(message);
  if (json) writeJsonLine({ event: "error", code, message: shown, hint });
  else process.stderr.write(`error: ${shown}\n  ${printableMessage(hint)}\n`);
}
