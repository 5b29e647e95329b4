import { printable, type Totals } from "../core/index.ts";
import { displayWidth, fitWidth } from "./display-width.ts";
import { formatCount, formatDuration, formatPercent } from "./format-number.ts";
import { PLAIN_STYLE, type Style } from "./style.ts";

/** What the progress line tells. */
export interface ProgressState {
  readonly totals: Totals;
  /** Records of the whole source; undefined while the source has not been read to its end. */
  readonly expected?: number;
  /** Records ended per minute of late; undefined while that is unknown. */
  readonly ratePerMinute?: number;
  /** Part of the org's limit that the run uses, 0 to 1; undefined where no limit is known. */
  readonly limitShare?: number;
  readonly remainingMs?: number;
  /** Why nothing is sent just now, such as `the org is read-only`. */
  readonly waitingFor?: string;
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
  readonly style?: Style;
}

interface Segment {
  readonly text: string;
  readonly paint: (text: string) => string;
  /** The highest is left out first when the line is too long. */
  readonly rank: number;
}

const GAP = "  ";

/** The state of a run on one line of at most `width` columns; what matters least is left out first. */
export function renderProgress(state: ProgressState): string {
  const { width = 80, style = PLAIN_STYLE } = state;
  const segments = segmentsOf(state, style);
  while (segments.length > 1 && widthOf(segments) > width) {
    const leastRank = Math.max(...segments.map((segment) => segment.rank));
    segments.splice(
      segments.findIndex((segment) => segment.rank === leastRank),
      1,
    );
  }
  return segments.map(({ text, paint }) => paint(fitWidth(text, width))).join(GAP);
}

function segmentsOf(state: ProgressState, style: Style): Segment[] {
  const { totals, expected, ratePerMinute, limitShare, remainingMs, waitingFor } = state;
  const ended = totals.records - totals.pending;
  const plain = (text: string): string => text;
  const segments: Segment[] = [{ text: countDone(ended, expected), paint: style.bold, rank: 0 }];
  const add = (text: string, rank: number, paint = plain): void => {
    segments.push({ text, paint, rank });
  };
  if (expected !== undefined && expected > 0) add(formatPercent(ended / expected), 5);
  if (totals.created > 0) add(`${formatCount(totals.created)} created`, 4, style.green);
  if (totals.updated > 0) add(`${formatCount(totals.updated)} updated`, 7, style.green);
  if (totals.existing > 0) add(`${formatCount(totals.existing)} existing`, 8);
  if (totals.rejected > 0) add(`${formatCount(totals.rejected)} rejected`, 3, style.red);
  if (totals.failed > 0) add(`${formatCount(totals.failed)} failed`, 2, style.red);
  if (waitingFor !== undefined) {
    add(`waiting: ${printable(waitingFor, 60)}`, 1, style.yellow);
    return segments;
  }
  if (ratePerMinute !== undefined) add(`${formatCount(ratePerMinute)}/min`, 6);
  if (limitShare !== undefined) add(`${formatPercent(limitShare)} of the limit`, 9, style.dim);
  if (remainingMs !== undefined) add(`${formatDuration(remainingMs)} left`, 5);
  return segments;
}

function countDone(ended: number, expected: number | undefined): string {
  return expected === undefined
    ? `${formatCount(ended)} done`
    : `${formatCount(ended)}/${formatCount(expected)}`;
}

function widthOf(segments: readonly Segment[]): number {
  const texts = segments.reduce((sum, segment) => sum + displayWidth(segment.text), 0);
  return texts + GAP.length * (segments.length - 1);
}
