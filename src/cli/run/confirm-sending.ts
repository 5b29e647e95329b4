import { ConfigError } from "../../core/index.ts";
import type { OrgUrl } from "../../okta/index.ts";
import { formatCount } from "../../reports/index.ts";

/** What is about to be sent where. */
export interface Sending {
  readonly orgUrl: OrgUrl;
  /** Undefined while the source has not been read to its end. */
  readonly records: number | undefined;
  /** Given by `--yes`. */
  readonly confirmed: boolean;
  /** Whether a person is there to ask. */
  readonly canAsk: boolean;
}

/**
 * Asks whether to send, unless `--yes` said so; for a production org its host is to be typed.
 *
 * @returns whether to send, or that the question was interrupted
 * @throws {ConfigError} CONFIRMATION_NEEDED where nobody can be asked
 * @throws {ConfigError} CONFIRMATION_DECLINED when the answer is not yes
 */
export async function confirmSending(sending: Sending): Promise<"send" | "interrupted"> {
  if (sending.confirmed) return "send";
  const { orgUrl, records } = sending;
  if (!sending.canAsk) {
    throw new ConfigError({
      code: "CONFIRMATION_NEEDED",
      at: "--yes",
      message: "Nothing was sent: there is no terminal to ask for confirmation on.",
      hint: "Look at what --dry-run shows, then give --yes.",
    });
  }
  const count =
    records === undefined ? "the users of standard input" : `${formatCount(records)} users`;
  const { confirm, isCancel, text } = await import("@clack/prompts");
  const output = process.stderr;
  const agreed =
    orgUrl.kind === "production"
      ? await text({
          output,
          message: `Create ${count} in the production org ${orgUrl.host}? Type its host to go on.`,
        })
      : await confirm({
          output,
          message: `Create ${count} in ${orgUrl.host}?`,
          initialValue: false,
        });
  if (isCancel(agreed)) return "interrupted";
  const isYes = orgUrl.kind === "production" ? sameHost(agreed, orgUrl.host) : agreed === true;
  if (isYes) return "send";
  throw new ConfigError({
    code: "CONFIRMATION_DECLINED",
    message: "Nothing was sent: it was not confirmed.",
    hint: "Run the same command again when you are ready.",
  });
}

function sameHost(typed: string | boolean | symbol | undefined, host: string): boolean {
  return typeof typed === "string" && typed.trim().toLowerCase() === host.toLowerCase();
}
