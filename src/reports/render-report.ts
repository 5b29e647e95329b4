import { printable, type Summary } from "../core/index.ts";
import type { CauseGroup } from "./cause-tally.ts";
import { formatCount, formatDuration } from "./format-number.ts";
import { hangText } from "./hang-text.ts";
import { renderTable } from "./render-table.ts";
import { PLAIN_STYLE, type Style } from "./style.ts";

/** How a report is drawn. */
export interface RenderOptions {
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
  readonly style?: Style;
}

/** One Okta attribute and where its value comes from, as it is shown before anything is sent. */
export interface MappingLine {
  readonly attribute: string;
  /** The source's column, or the expression. */
  readonly from: string;
  /** What should be known about it, such as a default that was assumed. */
  readonly note?: string;
}

const INDENT = "  ";

/** A run's summary for people: how it stands, the endings of its records, what it cost the org. */
export function renderSummary(summary: Summary, options: RenderOptions = {}): string {
  const style = options.style ?? PLAIN_STYLE;
  const left = summary.pending === 0 ? "more" : formatCount(summary.pending);
  const state = summary.finished ? "Finished" : `Not finished, ${left} to go`;
  const lines = [
    style.bold(`${state}: ${printable(summary.org)}, ${summary.scenario}`),
    "",
    ...renderEndings(summary, style),
    ...(summary.leftOut === undefined ? [] : ["", leftOutText(summary.leftOut)]),
    "",
    `${formatDuration(summary.elapsedMs)}, ${countOf(summary.requests, "request")}, ` +
      `${formatCount(summary.rateLimited)} rate limited, ${formatCount(summary.retries)} repeated`,
    style.dim(`run folder: ${printable(summary.run)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function renderEndings(summary: Summary, style: Style): readonly string[] {
  const endings = [
    { name: "created", count: summary.created, paint: style.green },
    { name: "updated", count: summary.updated, paint: style.green },
    { name: "existing", count: summary.existing, paint: style.dim },
    { name: "rejected", count: summary.rejected, paint: style.red },
    { name: "failed", count: summary.failed, paint: style.red },
    { name: "pending", count: summary.pending, paint: style.yellow },
    { name: "records", count: summary.records, paint: style.bold },
  ];
  const digits = Math.max(...endings.map(({ count }) => formatCount(count).length));
  return endings.map(({ name, count, paint }) => {
    const line = `${INDENT}${name.padEnd(8)}  ${formatCount(count).padStart(digits)}`;
    return count === 0 ? style.dim(line) : paint(line);
  });
}

/** How many records `where` leaves out, for people. */
export function leftOutText(count: number): string {
  return `${formatCount(count)} more ${count === 1 ? "is" : "are"} left out by where`;
}

/** Causes for people: each with its count, its first records and what to do. */
export function renderCauses(groups: readonly CauseGroup[], options: RenderOptions = {}): string {
  const { width = 80, style = PLAIN_STYLE } = options;
  return groups
    .map((group) => {
      const title = `${group.code}  ${countOf(group.count, "record")} ${group.outcome}`;
      return [
        style.red(title),
        ...group.examples.flatMap(({ line, reason }) =>
          hangText(`line ${line}: `, printable(reason), width),
        ),
        ...hangText("> ", printable(group.hint), width).map((line) => style.bold(line)),
      ]
        .map((line) => `${line}\n`)
        .join("");
    })
    .join("\n");
}

/** The mapping for people: one attribute a line. */
export function renderMapping(
  lines: readonly MappingLine[],
  { width = 80, style = PLAIN_STYLE }: RenderOptions = {},
): string {
  return renderTable(
    lines.map(({ attribute, from, note }) => [attribute, from, note ?? ""]),
    {
      columns: [{ header: "Okta" }, { header: "source" }, { overflow: "wrap" }],
      width,
      style,
    },
  );
}

function countOf(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;
}
