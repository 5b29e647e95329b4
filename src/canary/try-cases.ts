import type { CanaryCredential, Profile, Secret } from "../core/index.ts";
import { hashForOkta, type SaltReading } from "../passwords/index.ts";
import { type CanaryCase, hasSaltConflict } from "./canary-case.ts";
import {
  type ControlState,
  controlStateOf,
  type Finding,
  notTried,
  readCase,
  readControl,
  readTrial,
  saltReadAsMeant,
  saltReadOtherwise,
  UNJUDGED_HINT,
} from "./finding.ts";
import { inventPassword, type PasswordKind, type RandomBytes } from "./invent-password.ts";
import { type Trial, tryCanary, type TrialPorts } from "./try-canary.ts";

/** What trials are made with. */
export interface CanaryPorts extends TrialPorts {
  readonly newProfile: () => Profile;
  readonly randomBytes: RandomBytes;
  /** How an import will mean the salts of SHA-256. @default "decoded" */
  readonly saltReading?: SaltReading | undefined;
  /** Hears what is about to be tried; the control has no case. */
  readonly onTrying: (tried: CanaryCase | undefined) => void;
  /** Hears every finding as it is made; the control comes first, without a case. */
  readonly onFinding: (finding: Finding, tried: CanaryCase | undefined) => void;
}

/**
 * Tries hashes in an org, one throw-away user at a time: first a control whose password is set as
 * such, which shows whether a sign-in proves anything here, then each case. Where the control is
 * made and can't sign in, or a user can't be removed, no further one is made.
 *
 * @throws what the org or the signal stopped it with, after what was made is removed
 */
export async function tryCases(cases: readonly CanaryCase[], ports: CanaryPorts): Promise<void> {
  const { onFinding, keeper, signal } = ports;
  ports.onTrying(undefined);
  const controlFinding = readControl(await tryControl(ports));
  onFinding(controlFinding, undefined);
  const control = controlStateOf(controlFinding);
  for (const tried of cases) {
    signal.throwIfAborted();
    if (keeper.trouble !== undefined) {
      const reason = "an earlier throw-away user could not be removed.";
      onFinding(notTried(reason, keeper.trouble.hint), tried);
    } else if (control === "fails") {
      onFinding(notTried("the control can't sign in.", UNJUDGED_HINT), tried);
    } else {
      ports.onTrying(tried);
      onFinding(await tryCase(tried, control, ports), tried);
    }
  }
}

async function tryCase(
  tried: CanaryCase,
  control: ControlState,
  ports: CanaryPorts,
): Promise<Finding> {
  const { saltReading: meant = "decoded", keeper, signal } = ports;
  const finding = readCase(await tryHash(tried, meant, ports), tried, control);
  if (!hasSaltConflict(tried)) return finding;
  if (finding.signIn === "ok") return saltReadAsMeant(finding, meant);
  if (finding.signIn !== "refused" || keeper.trouble !== undefined) return finding;
  signal.throwIfAborted();
  const other = meant === "decoded" ? "literal" : "decoded";
  const otherwise = readTrial(await tryHash(tried, other, ports));
  return otherwise.signIn === "ok" ? saltReadOtherwise(meant) : finding;
}

function tryControl(ports: CanaryPorts): Promise<Trial> {
  const right = inventPassword("usual", ports.randomBytes);
  return tryUser({ kind: "value", password: right }, { right, kind: "usual" }, ports);
}

async function tryHash(
  { shape, password: kind }: CanaryCase,
  saltReading: SaltReading,
  ports: CanaryPorts,
): Promise<Trial> {
  const { randomBytes } = ports;
  const right = inventPassword(kind, randomBytes);
  const hash = await hashForOkta(right, shape, { randomBytes, saltReading });
  return tryUser({ kind: "hash", hash }, { right, kind }, ports);
}

function tryUser(
  credential: CanaryCredential,
  { right, kind }: { readonly right: Secret; readonly kind: PasswordKind },
  ports: CanaryPorts,
): Promise<Trial> {
  const profile = ports.newProfile();
  const wrong = inventPassword(kind, ports.randomBytes);
  const canary = { login: String(profile["login"]), user: { profile, credential }, right, wrong };
  return tryCanary(canary, ports);
}
