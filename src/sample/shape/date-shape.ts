import type { PseudoRandom } from "../pseudo-random.ts";

/** A date's way of writing: each part with the number of its digits. */
export interface DateShape {
  /** `Y`, `M`, `D`, `E` (a day above 12), `h`, `m`, `9` (any digit) and what stands for itself. */
  readonly pattern: string;
  readonly year: number;
}

const YEAR_FIRST =
  /^(\d{4})([-/.])(\d{2})\2(\d{2})([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})( \d{2}:\d{2}(?::\d{2})?)?$/;

/** How a date is written; undefined when a text is none. */
export function dateShapeOf(text: string): DateShape | undefined {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) {
    const [, year = "", separator = "", , , time = ""] = first;
    return {
      pattern: ["YYYY", "MM", "DD"].join(separator) + timePattern(time),
      year: Number(year),
    };
  }
  const last = YEAR_LAST.exec(text);
  if (last === null) return undefined;
  const [, one = "", separator = "", two = "", year = "", time = ""] = last;
  const parts = [dayPattern(one), dayPattern(two), "YYYY"];
  return { pattern: parts.join(separator) + timePattern(time), year: Number(year) };
}

/** A part that is a day or a month: nothing says which unless it is above 12. */
function dayPattern(digits: string): string {
  return (Number(digits) > 12 ? "E" : "M").repeat(digits.length);
}

function timePattern(time: string): string {
  const zoneAt = time.search(/Z|[+-]\d{2}:?\d{2}$/);
  const [clock, zone] = zoneAt < 0 ? [time, ""] : [time.slice(0, zoneAt), time.slice(zoneAt)];
  const marks = clock
    .replace(/\d{2}:\d{2}(:\d{2})?/, (_all, seconds: string | undefined) =>
      seconds === undefined ? "hh:mm" : "hh:mm:mm",
    )
    .replace(/\d/g, "9");
  return marks + zone.replace(/\d/g, "0");
}

/** A date that is written so, in a year from one to another. */
export function drawDate(
  pattern: string,
  years: { readonly from: number; readonly until: number },
  random: PseudoRandom,
): string {
  const drawn: Readonly<Record<string, (digits: number) => number>> = {
    Y: () => years.from + random.below(years.until - years.from + 1),
    M: (digits) => 1 + random.below(digits === 1 ? 9 : 12),
    D: () => 1 + random.below(28),
    E: () => 13 + random.below(16),
    h: () => random.below(24),
    m: () => random.below(60),
  };
  return pattern.replace(/Y+|M+|D+|E+|h+|m+|9/g, (part) => {
    const draw = drawn[part.charAt(0)] ?? (() => random.below(10));
    return String(draw(part.length)).padStart(part.length, "0");
  });
}
