const MAX_LENGTH = 64;

/** The name among `known` that `given` was probably meant to be; undefined when none is near. */
export function findNearest(given: string, known: Iterable<string>): string | undefined {
  if (given.length > MAX_LENGTH) return undefined;
  const plain = plainName(given);
  let best: string | undefined;
  let bestDistance = maxEdits(given.length) + 1;
  for (const name of known) {
    if (name.length > MAX_LENGTH) continue;
    const distance = plainName(name) === plain ? 0 : countEdits(given, name);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Two short names differ by chance; a long one is the same with three slips. */
function maxEdits(length: number): number {
  if (length <= 4) return 1;
  return length <= 8 ? 2 : 3;
}

/** ` Did you mean …?`, or nothing. */
export function suggest(name: string | undefined): string {
  return name === undefined ? "" : ` Did you mean \`${name}\`?`;
}

/** A name without case and without what separates its words. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, "");
}

/** Insertions, deletions, replacements and swaps of neighbours between two names. */
export function countEdits(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const replaced = at(last, column - 1) + (same ? 0 : 1);
      let edits = Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced);
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      }
      current.push(edits);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.MAX_SAFE_INTEGER;
}
