const SHARE = 0.05;
/** So that a small load meets several of them, too. */
const WANTED = 8;
const LARGEST_SHARE = 0.3;

/**
 * Flags of `emulator` that let about 5 % of so many creates go wrong, more of a small load, in every way
 * but the hang. They are drawn, so that no single record meets them all in a row.
 */
export function faultFlags(records: number): readonly string[] {
  const share = Math.min(LARGEST_SHARE, Math.max(SHARE, WANTED / records));
  return ["--faults", share.toFixed(3)];
}
