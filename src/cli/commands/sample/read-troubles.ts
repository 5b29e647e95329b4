import { type Trouble, TROUBLE_KINDS, type TroubleShares } from "../../../sample/index.ts";
import { invalid, readKnown, shown } from "./flag-values.ts";

const AT = "--troubles";

/**
 * Reads `2%` or `0.02`, which is divided among all kinds; or a list of kinds with a share each.
 *
 * @throws {ConfigError} OPTION_INVALID when a share or a kind is none, or all together are above 100 %
 */
export function readTroubles(given: unknown): TroubleShares | undefined {
  if (given === undefined) return undefined;
  const text = typeof given === "string" ? given : "";
  if (!text.includes("=")) {
    const each = readShare(text) / TROUBLE_KINDS.length;
    return Object.fromEntries(TROUBLE_KINDS.map((kind) => [kind, each]));
  }
  const shares: Partial<Record<Trouble, number>> = {};
  for (const item of text.split(",")) {
    const [name = "", share = ""] = item.split("=");
    const kind = readKnown(name.trim(), { at: AT, known: TROUBLE_KINDS, what: "kind of trouble" });
    if (shares[kind] !== undefined) throw invalid(AT, `names ${kind} twice`, "Name it once.");
    shares[kind] = readShare(share);
  }
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  // Shares such as 10 % are no exact numbers.
  if (sum > 1 + 1e-9) {
    throw invalid(AT, "asks for more than all users", "Give shares that add up to 100% at most.");
  }
  return shares;
}

function readShare(given: string): number {
  const match = /^\s*(\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})(%?)\s*$/.exec(given);
  const share = match === null ? NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw invalid(
    AT,
    `has a share that is none: ${shown(given)}`,
    "Give a share of the users, such as 2% or 0.02.",
  );
}
