import { type CheckLine, countLines, renderDiagnosis } from "../../../reports/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import type { Terminal } from "../../output/terminal.ts";

/** Tells a diagnosis to programs: one object a check, and how it ended. */
export function writeDiagnosis(org: string, lines: readonly CheckLine[]): void {
  for (const line of lines) writeJsonLine({ event: "check", ...line });
  writeJsonLine({ event: "doctor-ended", org, ...countLines(lines) });
}

/** Tells a diagnosis to people. */
export function printDiagnosis(lines: readonly CheckLine[], terminal: Terminal): void {
  terminal.print(renderDiagnosis(lines, { width: terminal.width(), style: terminal.style }));
}
