import { printable } from "../../core/index.ts";
import { wrapWidth } from "../display-width.ts";
import { formatCount } from "../format-number.ts";
import type { RenderOptions } from "../render-report.ts";
import { PLAIN_STYLE, type Style } from "../style.ts";
import type { CheckLine, CheckStatus } from "./check-line.ts";
import { countLines } from "./diagnose.ts";

/** Columns below which a check's name gets a line of its own. */
const NARROW = 60;
const STATUS_WIDTH = 9;
const NAME_WIDTH = 13;

const PAINT: Readonly<Record<CheckStatus, keyof Style>> = {
  pass: "green",
  warn: "yellow",
  fail: "red",
  skipped: "dim",
};

/** A diagnosis for people: each check with its status, what was found, and what to do. */
export function renderDiagnosis(lines: readonly CheckLine[], options: RenderOptions = {}): string {
  const { width = 80, style = PLAIN_STYLE } = options;
  const rendered = lines.flatMap((line) => renderLine(line, width, style));
  const conclusion = wrapWidth(concludes(lines), width).map((line) => style.bold(line));
  return [...rendered, "", ...conclusion].map((line) => `${line}\n`).join("");
}

function renderLine(
  { id, status, message, hint }: CheckLine,
  width: number,
  style: Style,
): readonly string[] {
  const painted = style[PAINT[status]](status.padEnd(STATUS_WIDTH));
  const indent = width < NARROW ? 2 : STATUS_WIDTH + NAME_WIDTH;
  const room = Math.max(NARROWEST_TEXT, width - indent);
  const texts = [
    ...wrapWidth(printable(message, LONGEST), room),
    ...(hint === undefined
      ? []
      : wrapWidth(`> ${printable(hint, LONGEST)}`, room).map((line) => style.bold(line))),
  ];
  if (width < NARROW) {
    return [`${painted}${style.bold(id)}`, ...texts.map((text) => `  ${text}`)];
  }
  return texts.map((text, at) =>
    at === 0 ? `${painted}${id.padEnd(NAME_WIDTH)}${text}` : `${" ".repeat(indent)}${text}`,
  );
}

const NARROWEST_TEXT = 10;
const LONGEST = 2000;

function concludes(lines: readonly CheckLine[]): string {
  const { warn, fail, skipped } = countLines(lines);
  const rest = skipped === 0 ? "" : ` ${formatCount(skipped)} not checked.`;
  const warnings =
    warn === 0 ? "no warning" : `${formatCount(warn)} warning${warn === 1 ? "" : "s"}`;
  return fail === 0
    ? `Nothing is in the way, ${warnings}.${rest}`
    : `${formatCount(fail)} must be mended first, ${warnings}.${rest}`;
}
