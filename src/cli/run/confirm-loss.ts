import { type CleanedCount, ConfigError } from "../../core/index.ts";
import { formatCount } from "../../reports/index.ts";

/** What cleaning took from values, and who may be asked about it. */
export interface LossQuestion {
  readonly cleaned: readonly CleanedCount[];
  /** By `lossy: accept`, or by an answer that was given before. */
  readonly accepted: boolean;
  /** Whether a person is there to ask. */
  readonly canAsk: boolean;
}

/**
 * Asks whether cleaning may take from values what can't be had back, where it did and nobody said so.
 *
 * @throws {ConfigError} CONFIRMATION_NEEDED where nobody can be asked; CONFIRMATION_DECLINED
 */
export async function confirmLoss(
  question: LossQuestion,
): Promise<"nothing-lost" | "agreed" | "interrupted"> {
  const losing = question.cleaned.filter(({ lossy }) => lossy > 0);
  if (losing.length === 0) return "nothing-lost";
  if (question.accepted) return "agreed";
  const told = losing
    .map(({ attribute, rule, lossy }) => `${attribute} ${rule} (${formatCount(lossy)})`)
    .join(", ");
  if (!question.canAsk) throw lossNotAccepted(told);
  const { confirm, isCancel } = await import("@clack/prompts");
  const agreed = await confirm({
    output: process.stderr,
    message: `Cleaning takes from values what can't be had back: ${told}. Go on?`,
    initialValue: false,
  });
  if (isCancel(agreed)) return "interrupted";
  if (agreed) return "agreed";
  throw new ConfigError({
    code: "CONFIRMATION_DECLINED",
    message: "Nothing was sent: it was not confirmed that values may lose something.",
    hint: "Change the rules under clean in migration.yaml, then run the same command again.",
  });
}

/** The error that values lose something and nobody can be asked. */
export function lossNotAccepted(rules: string): ConfigError {
  return new ConfigError({
    code: "CONFIRMATION_NEEDED",
    at: "lossy",
    message: `Nothing was sent: cleaning takes from values what can't be had back: ${rules}.`,
    hint: "Look at the examples that check shows; if they are right, write `lossy: accept` into migration.yaml.",
  });
}
