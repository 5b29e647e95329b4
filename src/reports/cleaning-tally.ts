import {
  type CleanableValue,
  type CleanedCount,
  printable,
  type ValueChange,
} from "../core/index.ts";

/** Examples that are kept of each rule. */
const MOST_EXAMPLES = 3;
const MAX_SHOWN_CHARACTERS = 40;

/** One value that a rule changed, or could not read. */
export interface CleaningExample {
  readonly line: number;
  /** In a form that is safe to print; cut where it is long. */
  readonly before: string;
  /** Undefined where nothing is left, or the value could not be read. */
  readonly after: string | undefined;
  readonly kind: ValueChange["kind"];
}

/** What a rule did to the values of an attribute. */
export interface CleanedValues extends CleanedCount {
  /** The first ones, each value once; none where values may not be shown. */
  readonly examples: readonly CleaningExample[];
}

/** Keeps the first examples of every rule: lossy and unread ones go before others. */
export class CleaningExamples {
  readonly #kept = new Map<string, CleaningExample[]>();

  /** Takes what was done to the values of the record at a line. */
  note(line: number, changes: readonly ValueChange[]): void {
    for (const change of changes) {
      if (!change.isShowable) continue;
      const key = keyOf(change);
      let kept = this.#kept.get(key);
      if (kept === undefined) this.#kept.set(key, (kept = []));
      if (kept.length < MOST_EXAMPLES) add(kept, line, change);
      else if (change.kind !== "changed" && kept.some(isPlain)) replace(kept, line, change);
    }
  }

  /** All rules that are given, with what they did: those without a count did nothing. */
  describe(
    rules: readonly { readonly attribute: string; readonly rules: readonly string[] }[],
    counts: readonly CleanedCount[],
  ): readonly CleanedValues[] {
    const known = new Map(counts.map((count) => [keyOf(count), count]));
    return rules.flatMap(({ attribute, rules: names }) =>
      names.map((rule) => ({
        ...(known.get(keyOf({ attribute, rule })) ?? { changed: 0, lossy: 0, unread: 0 }),
        attribute,
        rule,
        examples: this.#kept.get(keyOf({ attribute, rule })) ?? [],
      })),
    );
  }
}

function add(kept: CleaningExample[], line: number, change: ValueChange): void {
  const example = exampleOf(line, change);
  if (!kept.some(({ before }) => before === example.before)) kept.push(example);
}

function replace(kept: CleaningExample[], line: number, change: ValueChange): void {
  const example = exampleOf(line, change);
  if (kept.some(({ before }) => before === example.before)) return;
  kept[kept.findLastIndex(isPlain)] = example;
}

function isPlain({ kind }: CleaningExample): boolean {
  return kind === "changed";
}

function exampleOf(line: number, { before, after, kind }: ValueChange): CleaningExample {
  return {
    line,
    kind,
    before: shown(before),
    after: after === undefined ? undefined : shown(after),
  };
}

function shown(value: CleanableValue): string {
  return printable(String(value), MAX_SHOWN_CHARACTERS);
}

function keyOf({ attribute, rule }: Pick<CleanedCount, "attribute" | "rule">): string {
  return `${attribute} ${rule}`;
}
