import type { CleanedValues, CleaningExample } from "./cleaning-tally.ts";
import { formatCount } from "./format-number.ts";
import type { RenderOptions } from "./render-report.ts";
import { renderTable } from "./render-table.ts";
import { PLAIN_STYLE } from "./style.ts";

/** What cleaning rules did, for people: one rule a line, and its examples; nothing without rules. */
export function renderCleaning(
  cleaned: readonly CleanedValues[],
  { width = 80, style = PLAIN_STYLE }: RenderOptions = {},
): string {
  const busy = cleaned.filter(({ changed, unread }) => changed + unread > 0);
  const idle = cleaned.length - busy.length;
  const table = renderTable(
    busy.flatMap((values) => rowsOf(values)),
    { columns: [{ header: "cleaning" }, {}, { overflow: "wrap" }], width, style },
  );
  if (idle === 0) return table;
  const others = busy.length === 0 ? "rules" : "other rules";
  return `${table}${style.dim(`${formatCount(idle)} ${others} of cleaning changed nothing.`)}\n`;
}

function rowsOf(values: CleanedValues): readonly (readonly string[])[] {
  const { attribute, rule, examples } = values;
  const [first, ...rest] = examples.map(exampleText);
  const counts = countsOf(values);
  return [
    [attribute, rule, first === undefined ? counts : `${counts}: ${first}`],
    ...rest.map((example) => ["", "", example]),
  ];
}

function countsOf({ changed, lossy, unread }: CleanedValues): string {
  const parts: string[] = [];
  if (changed > 0) {
    const lost = lossy === 0 ? "" : `, ${formatCount(lossy)} with a loss`;
    parts.push(`${formatCount(changed)} changed${lost}`);
  }
  if (unread > 0) parts.push(`${formatCount(unread)} can't be read`);
  return parts.join(", ");
}

function exampleText({ line, before, after, kind }: CleaningExample): string {
  if (kind === "unread") return `line ${line}: "${before}" can't be read`;
  return `line ${line}: "${before}" → ${after === undefined ? "nothing" : `"${after}"`}`;
}
