import type { Clock } from "../../../core/index.ts";
import {
  judgeHook,
  judgeSignIns,
  type LoadProof,
  type SignInTally,
} from "../../../reports/index.ts";
import type { HookStandIn } from "./hook-stand-in.ts";
import type { RehearsalOrg } from "./rehearsal-org.ts";
import type { SampledUser } from "./survey-source.ts";

/** What sign-ins are tried with. */
export interface SignInTrial {
  readonly org: RehearsalOrg;
  readonly clock: Clock;
  readonly windowMs: number;
  readonly signal: AbortSignal;
}

const EACH = 5;
const MOST_LABELS = 20;
const MOST_WAITS = 20;

/** A few users of each kind of password, from the load's first record to its last one. */
export function sampleUsers(
  users: readonly SampledUser[],
  route: SampledUser["route"],
  records: number,
): ReadonlyMap<string, readonly SampledUser[]> {
  const byLabel = new Map<string, SampledUser[]>();
  for (const user of users) {
    if (user.route !== route || user.seq > records) continue;
    const alike = byLabel.get(user.label);
    if (alike !== undefined) alike.push(user);
    else if (byLabel.size < MOST_LABELS) byLabel.set(user.label, [user]);
  }
  return new Map([...byLabel].map(([label, alike]) => [label, spreadOf(alike)]));
}

function spreadOf<T>(all: readonly T[]): readonly T[] {
  if (all.length <= EACH) return all;
  const last = all.length - 1;
  const picked = Array.from({ length: EACH }, (_, at) => all[Math.round((at * last) / (EACH - 1))]);
  return picked.filter((one): one is T => one !== undefined);
}

/** Signs sampled users in by the hashes that were carried over. */
export async function proveSignIns(
  samples: ReadonlyMap<string, readonly SampledUser[]>,
  trial: SignInTrial,
): Promise<LoadProof> {
  const tallies: SignInTally[] = [];
  for (const [label, users] of samples) {
    const tally = { label, tried: 0, signedIn: 0, wrongRefused: 0 };
    for (const { login, password } of users) {
      if (trial.signal.aborted) break;
      const right = textOf(password);
      tally.tried += 1;
      if (await signsIn(login, right, trial)) tally.signedIn += 1;
      if (!(await signsIn(login, wrongOf(right), trial))) tally.wrongRefused += 1;
    }
    tallies.push(tally);
  }
  return judgeSignIns(tallies);
}

/** Signs sampled users in whose passwords the hook knows, each three times. */
export async function proveHook(
  users: readonly SampledUser[],
  hook: HookStandIn,
  trial: SignInTrial,
): Promise<LoadProof> {
  const tally = { tried: 0, verified: 0, notCalledFor: 0, remembered: 0 };
  const called = async (login: string, password: string): Promise<readonly [boolean, boolean]> => {
    const before = hook.calls();
    const isIn = await signsIn(login, password, trial);
    return [isIn, hook.calls() > before];
  };
  for (const { login, password } of users) {
    if (trial.signal.aborted) break;
    const right = textOf(password);
    const [inWrongly, calledForWrong] = await called(login, wrongOf(right));
    const [isIn, calledForRight] = await called(login, right);
    const [isInAgain, calledAgain] = await called(login, right);
    tally.tried += 1;
    if (isIn && !inWrongly) tally.verified += 1;
    if (isInAgain && !calledAgain) tally.remembered += 1;
    tally.notCalledFor += Number(!calledForWrong) + Number(!calledForRight);
  }
  return judgeHook(tally);
}

/** Signs somebody in; where the org's limit is reached, in its next window. */
async function signsIn(login: string, password: string, trial: SignInTrial): Promise<boolean> {
  for (let waits = 0; waits < MOST_WAITS && !trial.signal.aborted; waits += 1) {
    const answer = await trial.org.signIn(login, password);
    if (answer !== "limited") return answer === "ok";
    await trial.clock.sleep(trial.windowMs / 2, trial.signal);
  }
  return false;
}

function textOf(password: Uint8Array): string {
  return Buffer.from(password).toString("utf8");
}

/** Differs in its first letter: where only so many bytes count, these do. */
function wrongOf(right: string): string {
  return `${right.startsWith("x") ? "y" : "x"}${right}`;
}
