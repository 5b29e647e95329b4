import { ConfigError } from "../../../../core/index.ts";
import { ResetLedgerFile } from "../../../../journal/index.ts";
import { HOOK_SCOPES, type RegisteredHook } from "../../../../okta/index.ts";
import {
  type FinishCounts,
  type FinishPlan,
  finishUsers,
  isDue,
  standingOf,
} from "../../../../programme/index.ts";
import { formatCount } from "../../../../reports/index.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { confirmOnOrg } from "../../../run/confirm-on-org.ts";
import { defaultRunFolder } from "../../../run/run-folder.ts";
import { type UsersProgramme, withUsersProgramme } from "../open-programme.ts";
import { type FinishView, openFinishView } from "./finish-view.ts";
import type { FinishOptions } from "./options.ts";

/**
 * Turns the users who are left over to a password reset, and removes the hook when nobody is.
 *
 * @returns 0 when all who were meant were reset; 1 when some were refused; 130 when interrupted
 * @throws {ConfigError} RUN_NOT_FOUND, RUN_MISMATCH, CONFIRMATION_NEEDED, CONFIRMATION_DECLINED
 * @throws {OktaError} where the org can't be asked
 * @throws {JournalError} where the ledger can't be had or written
 */
export function runFinish(options: FinishOptions): Promise<ExitCode> {
  let view: FinishView | undefined;
  const onStop = (): void => view?.stopping();
  return withUsersProgramme({ ...options, onStop }, HOOK_SCOPES.finish, async (programme) => {
    view = openFinishView(programme.session, options.json);
    const { host } = programme.org.orgUrl;
    const ledger = await ResetLedgerFile.open(defaultRunFolder("hook-finish", host));
    try {
      return await finish({ ...programme, options, ledger, view });
    } finally {
      ledger.close();
    }
  });
}

interface Finishing extends UsersProgramme {
  readonly options: FinishOptions;
  readonly ledger: ResetLedgerFile;
  readonly view: FinishView;
}

async function finish(finishing: Finishing): Promise<ExitCode> {
  const { session, org, options, own, ledger, view, stop } = finishing;
  const { beforeMs, mail, wave: waveSize, pauseMs, limit } = options;
  const plan: FinishPlan = {
    beforeMs,
    mail,
    waveSize,
    pauseMs,
    limit,
    isOwn: (oktaId) => own.has(oktaId),
  };
  const before = await countLeft(finishing, plan);
  const due = Math.min(before.due, limit ?? Infinity);
  const ofRun = own.count !== undefined;
  view.plan({ org: org.orgUrl.origin, due, left: before.waiting, ofRun, mail, waveSize, pauseMs });
  if (due > 0 && (await confirmResets(finishing, due)) === "interrupted") return EXIT.interrupted;
  const ports = {
    users: org.imported,
    ledger,
    clock: session.clock,
    signal: stop.signal,
    listener: view,
  };
  const counts: FinishCounts =
    due > 0 ? await finishUsers(plan, ports) : { reset: 0, refused: 0, gone: 0 };
  const isStopped = stop.signal.aborted;
  const left = isStopped ? undefined : await countLeft(finishing, plan);
  const hook = left === undefined ? "kept" : await removeHook(finishing, left);
  view.end({
    org: org.orgUrl.origin,
    ...counts,
    resetInAll: ledger.resetCount(),
    left: left?.waiting,
    hook,
  });
  if (isStopped) return EXIT.interrupted;
  return counts.refused > 0 ? EXIT.someRecords : EXIT.ok;
}

interface Left {
  /** Are to be turned over now. */
  readonly due: number;
  /** Of those that are meant at all, whatever their age. */
  readonly waiting: number;
  /** Whom `--run` leaves out. */
  readonly others: number;
}

async function countLeft(
  { session, org, own, ledger, stop }: Finishing,
  plan: FinishPlan,
): Promise<Left> {
  let [due, waiting, others, seen] = [0, 0, 0, 0];
  for await (const page of org.imported.list(stop.signal)) {
    seen += page.seen;
    for (const user of page.users) {
      if (isDue(user, plan, ledger)) due += 1;
      if (standingOf(user) !== "waiting") continue;
      if (own.has(user.oktaId)) waiting += 1;
      else others += 1;
    }
    session.terminal.progress(`Looking at users: ${formatCount(seen)} …`);
  }
  session.terminal.clear();
  return { due, waiting, others };
}

function confirmResets(
  { session, org, options, own }: Finishing,
  due: number,
): Promise<"agreed" | "interrupted"> {
  const who = own.count === undefined ? "users" : "users of this run";
  const how =
    options.mail === "mail"
      ? "with a mail to each"
      : "without a mail: they can't sign in until then";
  return confirmOnOrg({
    orgUrl: org.orgUrl,
    deed: `Reset the passwords of ${formatCount(due)} ${who} (${how})`,
    confirmed: options.yes,
    canAsk: session.canAsk,
    hint: "See who that is with hook status --names FILE, then give --yes.",
  });
}

/** @returns what became of the org's hook */
async function removeHook(
  { session, org, options, view }: Finishing,
  left: Left,
): Promise<"removed" | "kept" | "none"> {
  const { hookAfter } = options;
  if (hookAfter === "keep" || left.waiting > 0) return "kept";
  const hooks = await org.hooks.list();
  const [hook] = hooks;
  if (hook === undefined) return "none";
  if (left.others > 0 && hookAfter !== "remove") {
    view.othersLeft(left.others);
    if (options.yes) return "kept";
  }
  if (!(await mayRemove(hook, { session, org, options }))) return "kept";
  await org.hooks.remove(hook.id);
  return "removed";
}

async function mayRemove(
  hook: RegisteredHook,
  { session, org, options }: Pick<Finishing, "session" | "org" | "options">,
): Promise<boolean> {
  try {
    const answer = await confirmOnOrg({
      orgUrl: org.orgUrl,
      deed: `Nobody is left. Remove the password import hook ${JSON.stringify(hook.name)}`,
      confirmed: options.yes,
      canAsk: session.canAsk,
      hint: "Give --yes, or --keep-hook.",
    });
    return answer === "agreed";
  } catch (error) {
    // The resets are done; the hook stays.
    if (error instanceof ConfigError && error.code === "CONFIRMATION_DECLINED") return false;
    throw error;
  }
}
