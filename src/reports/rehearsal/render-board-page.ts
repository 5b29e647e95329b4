import { formatCount, formatDuration } from "../format-number.ts";
import { renderRoutes } from "../render-routes.ts";
import type { Rehearsal, RehearsedLoad } from "./rehearsal.ts";
import { LOAD_COLUMNS, loadRow } from "./render-loads.ts";
import { fullRunLines } from "./render-rehearsal.ts";

/** A rehearsal as a page in Markdown that a change board can read. Names no user. */
export function renderBoardPage(rehearsal: Rehearsal): string {
  const { decision } = rehearsal;
  return `${[
    `# Rehearsal of ${plain(rehearsal.source.name)}: ${decision.title}`,
    ...(decision.reasons.length === 0 ? [] : [list(decision.reasons)]),
    "## Expected duration",
    list(fullRunLines(rehearsal)),
    "## What was rehearsed",
    list(rehearsedLines(rehearsal)),
    "## What was proven",
    table([LOAD_COLUMNS, ...rehearsal.loads.map(loadRow)]),
    ...rehearsal.loads.map(provenByLoad),
    ...(rehearsal.causes.length === 0 ? [] : mendSection(rehearsal)),
    "## What was not proven",
    list(rehearsal.notProven),
  ].join("\n\n")}\n`;
}

function rehearsedLines(rehearsal: Rehearsal): readonly string[] {
  const { source, mapping, scenario, records, routes, versions, limits } = rehearsal;
  const { plan, createsPerMinute, windowMs } = limits;
  return [
    `Source: ${plain(source.name)}, ${formatCount(records)} records` +
      `${source.invented ? ", invented for the rehearsal" : ""}` +
      `${source.sha256 === undefined ? "" : `, SHA-256 \`${source.sha256}\``}`,
    `Scenario: ${scenario}; mapping \`${mapping}\``,
    ...(routes.length === 0 ? [] : [`Passwords: ${plain(renderRoutes(routes))}`]),
    `Against an emulated org on this machine, ${plan === undefined ? "" : `plan ${plan}, `}` +
      `${formatCount(createsPerMinute)} creates a minute; each minute of it passed in ` +
      `${formatDuration(windowMs)}`,
    `Begun ${rehearsal.startedAt}, took ${formatDuration(rehearsal.elapsedMs)}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  ];
}

function provenByLoad({ load, proofs }: RehearsedLoad): string {
  const lines = proofs.map(({ name, verdict, sentence }) => `${name}, ${verdict}: ${sentence}`);
  return `Load ${load}:\n\n${list(lines)}`;
}

function mendSection({ causes }: Rehearsal): readonly string[] {
  const rows = causes.map(({ code, count }) => [code, formatCount(count)]);
  return ["## Records to mend", table([["cause", "records"], ...rows])];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function table([header = [], ...rows]: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A name from outside, without what Markdown would take for more than text. */
function plain(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?")
    .replace(/[[\]<>`|*_\\#]/g, (found) => `\\${found}`);
}
