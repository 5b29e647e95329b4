import { wrapWidth } from "../display-width.ts";
import { formatCount, formatDuration } from "../format-number.ts";
import { hangText } from "../hang-text.ts";
import type { RenderOptions } from "../render-report.ts";
import { PLAIN_STYLE } from "../style.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { renderLoads } from "./render-loads.ts";

/** How long the full run takes, for people, one line each. */
export function fullRunLines({ fullRun }: Rehearsal): readonly string[] {
  const { creates, durationMs, atTwiceTheLimits, basis } = fullRun;
  return [
    `Full run: ${formatCount(creates)} users in about ${formatDuration(durationMs)}, ${basis}.`,
    `At twice these limits: about ${formatDuration(atTwiceTheLimits.durationMs)}.`,
  ];
}

/** The verdict for a terminal: the loads, the time of the full run, what follows. */
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
  const sections = [
    renderLoads(loads, width, style),
    linesOf(causes.map(({ code, count }) => `  ${formatCount(count)} ${code}`)),
    linesOf(fullRunLines(rehearsal).flatMap((line) => wrapWidth(line, width))),
    notProven.length === 0
      ? ""
      : linesOf(["Not proven:", ...notProven.flatMap((line) => hangText("- ", line, width))]),
    linesOf([
      paint(style.bold(decision.title)),
      ...decision.reasons.flatMap((reason) => hangText("", reason, width)),
    ]),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
