/** What goes back over HTTP. */
export interface HookAnswer {
  readonly status: number;
  readonly body: string;
  /** @default "application/json" */
  readonly contentType?: string;
  readonly allow?: string;
}

/** The password is right. @see docs/okta/password-hook.md#answer */
export const VERIFIED: HookAnswer = command("VERIFIED");
/** It is wrong, or nobody has that login. */
export const UNVERIFIED: HookAnswer = command("UNVERIFIED");

/** An answer that says what went wrong, in words that quote nothing. */
export function failure(status: number, errorSummary: string): HookAnswer {
  return { status, body: JSON.stringify({ error: { errorSummary } }) };
}

function command(credential: "VERIFIED" | "UNVERIFIED"): HookAnswer {
  const commands = [{ type: "com.okta.action.update", value: { credential } }];
  return { status: 200, body: JSON.stringify({ commands }) };
}
