import { displayWidth } from "../display-width.ts";
import { formatCount, formatDuration } from "../format-number.ts";
import { hangText } from "../hang-text.ts";
import { renderTable } from "../render-table.ts";
import type { Style } from "../style.ts";
import { formatMegabytes } from "./judge-traffic.ts";
import type { LoadProof, RehearsedLoad } from "./rehearsal.ts";

/** The header of the loads' table. */
export const LOAD_COLUMNS = [
  "load",
  "created",
  "rejected",
  "failed",
  "time",
  "memory",
  "proofs",
] as const;

const GAP = 2;
/** What the last column can be wrapped to without looking torn: `3 passed,`. */
const LEAST_FOR_PROOFS = 10;

/** A load as cells, in the order of {@link LOAD_COLUMNS}. */
export function loadRow(load: RehearsedLoad): readonly string[] {
  return [
    nameOf(load),
    formatCount(load.created),
    formatCount(load.rejected),
    formatCount(load.failed),
    formatDuration(load.elapsedMs),
    load.peakBytes === undefined ? "–" : formatMegabytes(load.peakBytes),
    countProofs(load.proofs),
  ];
}

/** The loads for a terminal: a table, or where it is too narrow for one, a paragraph each. */
export function renderLoads(loads: readonly RehearsedLoad[], width: number, style: Style): string {
  const rows = loads.map(loadRow);
  if (widthOf(rows) > width) return loads.map((load) => paragraph(load, width, style)).join("");
  const last = LOAD_COLUMNS.length - 1;
  return renderTable(rows, {
    columns: LOAD_COLUMNS.map((header, at) => ({
      header,
      align: at > 0 && at < last ? ("right" as const) : ("left" as const),
      overflow: "wrap" as const,
    })),
    width,
    style,
  });
}

/** The least width at which no cell of the table is torn. */
function widthOf(rows: readonly (readonly string[])[]): number {
  const widths = LOAD_COLUMNS.slice(0, -1).map((header, at) =>
    Math.max(displayWidth(header), ...rows.map((row) => displayWidth(row[at] ?? ""))),
  );
  return widths.reduce((sum, columnWidth) => sum + columnWidth + GAP, LEAST_FOR_PROOFS);
}

function paragraph(load: RehearsedLoad, width: number, style: Style): string {
  const row = loadRow(load);
  const cell = (column: (typeof LOAD_COLUMNS)[number]): string =>
    row[LOAD_COLUMNS.indexOf(column)] ?? "";
  const counts = (["created", "rejected", "failed"] as const).map(
    (outcome) => `${cell(outcome)} ${outcome}`,
  );
  const lines = [
    style.bold(`load ${cell("load")}`),
    ...hangText("", counts.join(", "), width),
    ...hangText("", `${cell("time")}, ${cell("memory")} of memory`, width),
    ...hangText("", `proofs: ${cell("proofs")}`, width),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function nameOf({ load, limits }: RehearsedLoad): string {
  return limits === "plan" ? load : `${load} (no limits)`;
}

function countProofs(proofs: readonly LoadProof[]): string {
  const count = (verdict: LoadProof["verdict"]): number =>
    proofs.filter((proof) => proof.verdict === verdict).length;
  const parts = [`${count("passed")} passed`];
  if (count("failed") > 0) parts.push(`${count("failed")} failed`);
  if (count("skipped") > 0) parts.push(`${count("skipped")} skipped`);
  return parts.join(", ");
}
