import { formatCount } from "../format-number.ts";
import type { LoadProof } from "./rehearsal.ts";

/** What sign-ins of one kind of password came to. */
export interface SignInTally {
  /** Format and strength, such as `bcrypt 10`. */
  readonly label: string;
  readonly tried: number;
  /** With the old password. */
  readonly signedIn: number;
  /** With a wrong one. */
  readonly wrongRefused: number;
}

/** Whether sampled users sign in with their old passwords and with no other. */
export function judgeSignIns(tallies: readonly SignInTally[]): LoadProof {
  const bad = tallies.flatMap(complaintsOf);
  if (bad.length > 0) return { name: "sign-in", verdict: "failed", sentence: bad.join(" ") };
  const parts = tallies.map(({ label, tried }) => `${formatCount(tried)} of ${label}`);
  return {
    name: "sign-in",
    verdict: "passed",
    sentence: `Sampled users sign in with their old passwords, and not with wrong ones: ${parts.join(", ")}.`,
  };
}

function complaintsOf({ label, tried, signedIn, wrongRefused }: SignInTally): readonly string[] {
  const shut = tried - signedIn;
  const open = tried - wrongRefused;
  return [
    ...(shut === 0
      ? []
      : [`${shut} of ${tried} users of ${label} can't sign in with the password of --passwords.`]),
    ...(open === 0 ? [] : [`${open} of ${tried} users of ${label} sign in with a wrong password.`]),
  ];
}

/** What sign-ins of users came to whose passwords the import hook checks. */
export interface HookTally {
  readonly tried: number;
  /** Who were let in by a hook that verified their old password, and had been refused a wrong one. */
  readonly verified: number;
  /** Sign-ins before the password was verified for which the hook was not called. */
  readonly notCalledFor: number;
  /** Who could sign in once more without the hook being called. */
  readonly remembered: number;
}

/** Whether the hook is called for who needs it, and for nobody twice. */
export function judgeHook({ tried, verified, notCalledFor, remembered }: HookTally): LoadProof {
  const bad = [
    ...(notCalledFor === 0 ? [] : [`The hook was not called for ${notCalledFor} sign-ins.`]),
    ...(verified === tried
      ? []
      : [`${tried - verified} of ${tried} hook users can't sign in as they should.`]),
    ...(remembered === tried
      ? []
      : [`${tried - remembered} of ${tried} hook users needed the hook a second time.`]),
  ];
  if (bad.length > 0) return { name: "hook", verdict: "failed", sentence: bad.join(" ") };
  return {
    name: "hook",
    verdict: "passed",
    sentence: `The hook was called for the first sign-in of ${tried} sampled users and for no later one.`,
  };
}
