import { formatCount, formatDuration } from "../format-number.ts";
import type { RenderOptions } from "../render-report.ts";
import { renderTable } from "../render-table.ts";
import { PLAIN_STYLE } from "../style.ts";
import { formatMegabytes } from "./judge-traffic.ts";
import type { LoadProof, Rehearsal, RehearsedLoad } from "./rehearsal.ts";

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

/** A load as cells, in the order of {@link LOAD_COLUMNS}. */
export function loadRow(load: RehearsedLoad): readonly string[] {
  return [
    load.limits === "plan" ? load.load : `${load.load} (no limits)`,
    formatCount(load.created),
    formatCount(load.rejected),
    formatCount(load.failed),
    formatDuration(load.elapsedMs),
    load.peakBytes === undefined ? "–" : formatMegabytes(load.peakBytes),
    countProofs(load.proofs),
  ];
}

function countProofs(proofs: readonly LoadProof[]): string {
  const count = (verdict: LoadProof["verdict"]): number =>
    proofs.filter((proof) => proof.verdict === verdict).length;
  const parts = [`${count("passed")} passed`];
  if (count("failed") > 0) parts.push(`${count("failed")} failed`);
  if (count("skipped") > 0) parts.push(`${count("skipped")} skipped`);
  return parts.join(", ");
}

/** How long the full run takes, for people, one line each. */
export function fullRunLines({ fullRun }: Rehearsal): readonly string[] {
  const { creates, durationMs, atTwiceTheLimits, basis } = fullRun;
  return [
    `Full run: ${formatCount(creates)} users in about ${formatDuration(durationMs)}, ${basis}.`,
    `At twice these limits: about ${formatDuration(atTwiceTheLimits.durationMs)}.`,
  ];
}

/** The verdict for a terminal: a table of the loads, the time of the full run, what follows. */
export function renderRehearsal(
  rehearsal: Rehearsal,
  { width = 80, style = PLAIN_STYLE }: RenderOptions = {},
): string {
  const { decision, loads, causes, notProven } = rehearsal;
  const paint =
    decision.verdict === "GO"
      ? style.green
      : decision.verdict === "NO-GO"
        ? style.red
        : style.yellow;
  const table = renderTable(loads.map(loadRow), {
    columns: LOAD_COLUMNS.map((header, at) => ({
      header,
      align: at > 0 && at < 6 ? ("right" as const) : ("left" as const),
      overflow: "wrap" as const,
    })),
    width,
    style,
  });
  const sections = [
    table,
    causes.map(({ code, count }) => `  ${formatCount(count)} ${code}\n`).join(""),
    fullRunLines(rehearsal)
      .map((line) => `${line}\n`)
      .join(""),
    notProven.length === 0
      ? ""
      : `Not proven:\n${notProven.map((line) => `  - ${line}\n`).join("")}`,
    [paint(style.bold(decision.title)), ...decision.reasons.map((reason) => `  ${reason}`)]
      .map((line) => `${line}\n`)
      .join(""),
  ];
  return sections.filter((section) => section !== "").join("\n");
}
