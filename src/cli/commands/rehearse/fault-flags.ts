const KINDS = [
  "error-before",
  "error-after",
  "reset-before",
  "reset-after",
  "late-commit",
  "cut-body",
  "429",
  "html",
] as const;

const SHARE = 0.05;

/** Flags of `emulator` that let every fault but the hang happen, to about 5 % of so many creates. */
export function faultFlags(records: number): readonly string[] {
  const times = Math.max(1, Math.round((records * SHARE) / KINDS.length));
  return KINDS.flatMap((kind) => [`--fault-${kind}`, `${times}x`]);
}
