import { PRESETS } from "../../mapping/index.ts";
import { renderTable } from "../../reports/index.ts";
import { writeJsonLine } from "../output/json-lines.ts";
import { openTerminal } from "../output/terminal.ts";

/** Tells all presets: a line each. */
export function tellPresets({ json }: { readonly json: boolean }): void {
  if (json) {
    for (const { name, title } of PRESETS) writeJsonLine({ event: "preset", name, title });
    return;
  }
  const terminal = openTerminal();
  terminal.print(
    renderTable(
      PRESETS.map(({ name, title }) => [name, title]),
      {
        columns: [{ header: "preset" }, { header: "reads", overflow: "wrap" }],
        width: terminal.width() - 1,
        style: terminal.style,
      },
    ),
  );
}
