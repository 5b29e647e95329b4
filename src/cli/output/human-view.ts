import { type MigrationEvent, type Summary, printable } from "../../core/index.ts";
import {
  formatCount,
  formatDuration,
  renderCauses,
  renderCleaning,
  renderMapping,
  renderProgress,
  renderRoutes,
  leftOutText,
  renderSummary,
} from "../../reports/index.ts";
import type { EndView, PlanView, RunView } from "./run-view.ts";
import type { Terminal } from "./terminal.ts";

/** Tells a run to people, on standard error. */
export function createHumanView(terminal: Terminal): RunView {
  const { style } = terminal;
  const warn = (message: string, hint?: string): void => {
    terminal.print(`${style.yellow("warning:")} ${printable(message, 500)}`);
    if (hint !== undefined) terminal.print(`  ${printable(hint, 500)}`);
  };
  return {
    plan: (plan) => printPlan(plan, terminal),
    progress: ({ totals, complete, ratePerMinute, limitPerMinute, remainingMs, waitingFor }) => {
      if (!terminal.isTerminal) return;
      terminal.progress(
        renderProgress({
          totals,
          width: terminal.width() - 1,
          style,
          ...(complete ? { expected: totals.records } : {}),
          ...(ratePerMinute === undefined ? {} : { ratePerMinute }),
          ...(ratePerMinute === undefined || limitPerMinute === undefined
            ? {}
            : { limitShare: Math.min(1, ratePerMinute / limitPerMinute) }),
          ...(remainingMs === undefined ? {} : { remainingMs }),
          ...(waitingFor === undefined ? {} : { waitingFor }),
        }),
      );
    },
    event: (event) => {
      if (event.event === "source-joined") terminal.print(tellJoined(event));
      const told = tellEvent(event);
      if (told !== undefined) warn(told.message, told.hint);
    },
    say: (text) => terminal.print(printable(text, 1000)),
    end: (end) => {
      terminal.clear();
      printEnd(end, terminal);
    },
  };
}

function tellJoined(event: Extract<MigrationEvent, { event: "source-joined" }>): string {
  const { source, records, joined, alone, unused } = event;
  const others = alone === 0 ? "" : `, ${formatCount(alone)} have none there`;
  const left = unused === 0 ? "" : `; ${formatCount(unused)} of its records belong to nobody`;
  return `${printable(source)} (${formatCount(records)} records): ${formatCount(joined)} found theirs${others}${left}.`;
}

function printPlan(plan: PlanView, terminal: Terminal): void {
  const { style } = terminal;
  const width = terminal.width();
  const line = (name: string, text: string): void =>
    terminal.print(`${style.bold(name.padEnd(10))} ${printable(text, 1000)}`);
  line("org", plan.org ?? "none: what only the org knows is not checked");
  if (plan.access !== undefined) line("access", plan.access);
  line("scenario", SCENARIOS[plan.scenario] ?? plan.scenario);
  line("source", plan.source);
  if (plan.passwords !== undefined) line("passwords", plan.passwords);
  if (plan.groups.length > 0) line("groups", plan.groups.map(groupText).join(", "));
  if (plan.groupsFrom !== undefined) line("own groups", `from ${plan.groupsFrom}`);
  if (plan.type !== undefined) line("type", plan.type);
  if (plan.realm !== undefined) line("realm", plan.realm);
  if (plan.totals !== undefined) {
    const { records, pending, rejected } = plan.totals;
    const bad = rejected > 0 ? `, ${formatCount(rejected)} rejected` : "";
    const out =
      plan.leftOut === undefined ? "" : `; ${formatCount(plan.leftOut)} left out by where`;
    line("records", `${formatCount(records)}, ${formatCount(pending)} to send${bad}${out}`);
  }
  if (plan.routes !== undefined && plan.routes.length > 0) {
    line("routes", renderRoutes(plan.routes));
  }
  if (plan.estimate !== undefined) {
    const { durationMs, ratePerMinute, limitPerMinute } = plan.estimate;
    line(
      "time",
      `about ${formatDuration(durationMs)} at ${formatCount(ratePerMinute)} of ${formatCount(limitPerMinute)} a minute`,
    );
  }
  if (plan.mapping.length > 0) terminal.print(`\n${renderMapping(plan.mapping, { width, style })}`);
  if (plan.totals !== undefined && plan.cleaning.length > 0) {
    terminal.print(`\n${renderCleaning(plan.cleaning, { width, style })}`);
  }
  for (const note of plan.notes)
    terminal.print(`${style.yellow("note:")} ${printable(note, 1000)}`);
}

const SCENARIOS: Readonly<Record<string, string>> = {
  passwords: "passwords: active at once, with their hashed passwords",
  staged: "staged: without credentials, not active",
  hook: "hook: active at once, password checked by the import hook at first sign-in",
};

function groupText({ name, exists }: PlanView["groups"][number]): string {
  if (exists === undefined) return name;
  return exists ? `${name} (exists)` : `${name} (will be created)`;
}

function printEnd(
  { kind, summary, causes, routes, files, next }: EndView,
  terminal: Terminal,
): void {
  const { style } = terminal;
  const options = { width: terminal.width(), style };
  if (causes.length > 0) terminal.print(`\n${renderCauses(causes, options)}`);
  if (routes !== undefined && routes.length > 0) {
    terminal.print(`\n${printable(renderRoutes(routes), 1000)}`);
  }
  if (kind === "run") terminal.print(`\n${renderSummary(summary, options)}`);
  else terminal.print(`\n${style.bold(checkedText(kind, summary))}`);
  for (const { path, holds } of files) terminal.print(`  ${printable(path, 1000)}  ${holds}`);
  if (next !== undefined) terminal.print(`\n${printable(next, 1000)}`);
}

/** What a check found; a dry run counts its records as pending, whatever is wrong with them. */
function checkedText(kind: "check" | "dry-run", summary: Summary): string {
  const { records, rejected } = summary;
  const out = summary.leftOut === undefined ? "" : ` ${leftOutText(summary.leftOut)}.`;
  if (kind === "dry-run")
    return `Nothing was sent: ${formatCount(records)} records are pending.${out}`;
  return rejected === 0
    ? `All ${formatCount(records)} records can be sent.${out}`
    : `${formatCount(rejected)} of ${formatCount(records)} records can't be sent as they are.${out}`;
}

function tellEvent(
  event: MigrationEvent,
): { readonly message: string; readonly hint?: string } | undefined {
  if (event.event === "warning") return event;
  if (event.event === "rate-cap-learned") {
    return {
      message: `The org refuses beyond ${formatCount(event.cap)} a window although its headers promise more; the run keeps below that.`,
      hint: event.hint,
    };
  }
  if (event.event === "org-paused") {
    return {
      message: `Paused: ${event.reason}. Nothing is sent; next try in ${formatDuration(event.nextProbeMs)}.`,
    };
  }
  if (event.event === "org-resumed") return { message: "The org answers again; the run goes on." };
  if (event.event === "token-renewed") {
    return { message: "The org accepts the new token; the run goes on." };
  }
  if (event.event === "draining") {
    return { message: `Stopping: ${formatCount(event.inFlight)} in flight are waited for.` };
  }
  return undefined;
}
