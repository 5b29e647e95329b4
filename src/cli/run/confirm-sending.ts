import type { OrgUrl } from "../../okta/index.ts";
import { formatCount } from "../../reports/index.ts";
import { confirmOnOrg } from "./confirm-on-org.ts";

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
  const { records, ...asked } = sending;
  const count =
    records === undefined ? "the users of standard input" : `${formatCount(records)} users`;
  const answer = await confirmOnOrg({
    ...asked,
    deed: `Create ${count}`,
    hint: "Look at what --dry-run shows, then give --yes.",
  });
  return answer === "agreed" ? "send" : answer;
}
