import type { SaltReading } from "../passwords/index.ts";
import type { CanaryCase } from "./canary-case.ts";
import type { Trial } from "./try-canary.ts";

/** What a trial shows. */
export interface Finding {
  /** Whether the org made the user. */
  readonly create: "ok" | "refused" | "unknown";
  /** Whether the right password signs in, and a wrong one does not. */
  readonly signIn: "ok" | "refused" | "unknown";
  /** How the org reads the salt of SHA-256, where that was asked and found out. */
  readonly salt?: SaltReading;
  /** One sentence a person can read. */
  readonly reason: string;
  /** One sentence: what to do, where something is. */
  readonly hint?: string;
}

/** What the control, a user whose password was set as such, showed of sign-ins in this org. */
export type ControlState = "works" | "fails" | "unknown";

/** Reads a trial by itself: what a refusal means, the control has to say. */
export function readTrial(trial: Trial): Finding {
  switch (trial.kind) {
    case "not-created": {
      const { reason, hint } = trial.failure;
      return { create: "refused", signIn: "unknown", reason: `Not created: ${reason}`, hint };
    }
    case "lost": {
      const reason = `Not tried: ${trial.failure.reason}`;
      return { create: "unknown", signIn: "unknown", reason, hint: RUN_AGAIN };
    }
    case "not-active":
      return { create: "ok", signIn: "unknown", reason: trial.reason, hint: ACTIVATION_HINT };
    case "signed-in":
      return readSignIns(trial);
  }
}

function readSignIns({ right, wrong }: Extract<Trial, { kind: "signed-in" }>): Finding {
  if (right.kind === "refused") {
    const reason = `The right password is refused: ${right.saying}.`;
    return { create: "ok", signIn: "refused", reason };
  }
  if (right.kind !== "accepted" || wrong === undefined) {
    const reason = `The sign-in tells nothing of the password: ${right.saying}.`;
    return { create: "ok", signIn: "unknown", reason, hint: UNJUDGED_HINT };
  }
  if (wrong.kind === "accepted") {
    const reason = `A wrong password is accepted as well (${wrong.saying}): the sign-in proves nothing.`;
    return { create: "ok", signIn: "unknown", reason, hint: ANY_PASSWORD_HINT };
  }
  if (wrong.kind === "unclear") {
    const reason = `The right password signs in (${right.saying}); whether a wrong one is refused is open: ${wrong.saying}.`;
    return { create: "ok", signIn: "unknown", reason, hint: RUN_AGAIN };
  }
  const reason = `The right password signs in (${right.saying}), a wrong one is refused.`;
  return { create: "ok", signIn: "ok", reason };
}

/** What the control's own finding says of the org. */
export function controlStateOf({ create, signIn }: Finding): ControlState {
  if (signIn === "ok") return "works";
  return create === "ok" ? "fails" : "unknown";
}

/** Finding of the control, said of the org and not of a hash. */
export function readControl(trial: Trial): Finding {
  const finding = readTrial(trial);
  return finding.signIn === "refused" ? { ...finding, hint: UNJUDGED_HINT } : finding;
}

/** Finding of a hash, in the light of the control. */
export function readCase(trial: Trial, tried: CanaryCase, control: ControlState): Finding {
  const finding = readTrial(trial);
  if (finding.signIn === "ok") return finding;
  if (finding.signIn !== "refused") return finding;
  if (control === "works") return { ...finding, hint: refusalHint(tried) };
  const reason = `${finding.reason} Without the control nobody can tell whether for its hash.`;
  return { ...finding, signIn: "unknown", reason, hint: UNJUDGED_HINT };
}

/** Finding where the salt of SHA-256 is read as the import means it. */
export function saltReadAsMeant(finding: Finding, meant: SaltReading): Finding {
  const found = meant === "decoded" ? "decodes the salt" : "takes the salt literally";
  return { ...finding, salt: meant, reason: `${finding.reason} This org ${found}: nothing to do.` };
}

/** Finding where a hash over the other reading of the salt signs in, and the one that is meant does not. */
export function saltReadOtherwise(meant: SaltReading): Finding {
  const refused = { create: "ok", signIn: "refused" } as const;
  return meant === "decoded"
    ? {
        ...refused,
        salt: "literal",
        reason:
          "This org takes the salt literally, as the text that is sent, and does not decode it.",
        hint: "Write `oktaSha256Salt: literal` under password in migration.yaml.",
      }
    : {
        ...refused,
        salt: "decoded",
        reason: "This org decodes the salt from base64, and does not take it literally.",
        hint: "Write `oktaSha256Salt: decoded` under password in migration.yaml.",
      };
}

/** Finding of a case that was not tried. */
export function notTried(reason: string, hint: string): Finding {
  return { create: "unknown", signIn: "unknown", reason: `Not tried: ${reason}`, hint };
}

function refusalHint({ password }: CanaryCase): string {
  if (password === "long") {
    return "People whose passwords are longer than 72 bytes will need new ones; the others are carried.";
  }
  if (password === "accented") {
    return "People whose passwords have letters beyond ASCII will need new ones; the others are carried.";
  }
  return "Do not import these hashes as they are: let the import hook check them (`import --hook`), or import the people staged.";
}

const RUN_AGAIN = "Run the same command again.";
const ACTIVATION_HINT =
  "See Tasks in the Admin Console: provisioning that fires for every new user may hold the activation up.";
/** What keeps sign-ins by password from proving anything. */
export const UNJUDGED_HINT =
  "Password sign-in by the API does not get through here: see the sign-on and authenticator policies and network zones for users without groups, and the System Log; or let people whose passwords you know sign in after `import --limit 10`.";
const ANY_PASSWORD_HINT =
  "Something else than Okta decides on passwords here; let people whose passwords you know sign in after `import --limit 10`.";
