import type { Secret } from "../../core/index.ts";

/** Type of the hook that checks passwords at the first sign-in. */
export const PASSWORD_IMPORT = "com.okta.user.credential.password.import";

/** A header that goes with every call of a hook. */
export interface HookHeader {
  readonly key: string;
  readonly value: Secret;
}

/** Where a hook is, and what goes with every call of it. */
export interface HookTarget {
  readonly uri: string;
  readonly headers: readonly HookHeader[];
  /** The header that proves the call to come from the org; undefined: none. */
  readonly authorization: HookHeader | undefined;
}

/** An inline hook that was registered. @see docs/okta/password-hook.md#registering */
export interface HookRecord {
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  readonly name: string;
  readonly target: HookTarget;
  readonly updatedAt: number;
  readonly status: "ACTIVE" | "INACTIVE";
}
