import { ConfigError } from "../../core/index.ts";
import type { OrgUrl } from "../../okta/index.ts";

/** What is about to be done to which org. */
export interface OrgQuestion {
  readonly orgUrl: OrgUrl;
  /** What is done, as the beginning of a question: `Create 3 users`. */
  readonly deed: string;
  /** Given by `--yes`. */
  readonly confirmed: boolean;
  /** Whether a person is there to ask. */
  readonly canAsk: boolean;
  /** What to do where nobody can be asked. */
  readonly hint: string;
}

/**
 * Asks whether to do something to an org, unless `--yes` said so; for a production org its host is
 * to be typed.
 *
 * @throws {ConfigError} CONFIRMATION_NEEDED where nobody can be asked
 * @throws {ConfigError} CONFIRMATION_DECLINED when the answer is not yes
 */
export async function confirmOnOrg(question: OrgQuestion): Promise<"agreed" | "interrupted"> {
  if (question.confirmed) return "agreed";
  const { orgUrl, deed } = question;
  if (!question.canAsk) {
    throw new ConfigError({
      code: "CONFIRMATION_NEEDED",
      at: "--yes",
      message: "Nothing was sent: there is no terminal to ask for confirmation on.",
      hint: question.hint,
    });
  }
  const { confirm, isCancel, text } = await import("@clack/prompts");
  const output = process.stderr;
  const agreed =
    orgUrl.kind === "production"
      ? await text({
          output,
          message: `${deed} in the production org ${orgUrl.host}? Type its host to go on.`,
        })
      : await confirm({ output, message: `${deed} in ${orgUrl.host}?`, initialValue: false });
  if (isCancel(agreed)) return "interrupted";
  const isYes = orgUrl.kind === "production" ? sameHost(agreed, orgUrl.host) : agreed === true;
  if (isYes) return "agreed";
  throw new ConfigError({
    code: "CONFIRMATION_DECLINED",
    message: "Nothing was sent: it was not confirmed.",
    hint: "Run the same command again when you are ready.",
  });
}

function sameHost(typed: string | boolean | symbol | undefined, host: string): boolean {
  return typeof typed === "string" && typed.trim().toLowerCase() === host.toLowerCase();
}
