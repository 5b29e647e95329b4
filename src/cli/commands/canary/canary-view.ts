import { type CanaryCase, caseLabel, type Finding } from "../../../canary/index.ts";
import { printable } from "../../../core/index.ts";
import { formatCount, renderTable } from "../../../reports/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import type { Terminal } from "../../output/terminal.ts";

/** A case and what was found. */
export interface TriedCase {
  readonly tried: CanaryCase;
  readonly finding: Finding;
}

/** How a trial ended. */
export interface CanaryEnd {
  readonly org: string;
  readonly control: Finding | undefined;
  readonly algorithms: readonly TriedCase[];
  /** Users that were made, or left by an earlier process, and are gone. */
  readonly removed: number;
  /** Logins of users that may still exist. */
  readonly left: readonly string[];
}

/** What a trial tells while it goes on. */
export interface CanaryView {
  /** Before anything is created. */
  plan(cases: readonly CanaryCase[]): void;
  /** What is being tried now; the control has no case. */
  trying(tried: CanaryCase | undefined): void;
  found(finding: Finding, tried: CanaryCase | undefined): void;
  end(end: CanaryEnd): void;
}

/** Tells a trial to programs, one JSON object a line. */
export function jsonCanaryView(): CanaryView {
  return {
    plan: (cases) => writeJsonLine({ event: "canary-plan", algorithms: cases.map(describe) }),
    trying: () => undefined,
    found: (finding, tried) =>
      writeJsonLine({
        event: "canary-tried",
        ...(tried === undefined ? { control: true } : describe(tried)),
        ...finding,
      }),
    end: ({ org, control, algorithms, removed, left }) =>
      writeJsonLine({
        event: "canary",
        org,
        control,
        algorithms: algorithms.map(({ tried, finding }) => ({ ...describe(tried), ...finding })),
        removed,
        left,
      }),
  };
}

function describe(tried: CanaryCase): object {
  const { shape, password, records } = tried;
  return { ...shape, password, label: caseLabel(tried), records };
}

/** Tells a trial to people. */
export function humanCanaryView(terminal: Terminal): CanaryView {
  const { style } = terminal;
  return {
    plan: (cases) => {
      if (cases.length === 0) return;
      const rows = cases.map((tried) => [recordsOf(tried), caseLabel(tried)]);
      const columns = [
        { header: "records", align: "right" as const },
        { header: "to be tried", overflow: "wrap" as const },
      ];
      terminal.print(renderTable(rows, { columns, width: terminal.width(), style }));
      terminal.print(`\n${wrapped(WHAT_HAPPENS, terminal)}`);
    },
    trying: (tried) => {
      const what = tried === undefined ? "the control" : caseLabel(tried);
      terminal.progress(`Trying ${what} …`.slice(0, terminal.width() - 1));
    },
    found: () => terminal.clear(),
    end: (end) => {
      terminal.clear();
      printEnd(end, terminal);
    },
  };
}

const WHAT_HAPPENS =
  "One user at a time is created in the org, active and without a mail, signs in with the right " +
  "password and with a wrong one, and is deactivated and deleted. Its name says what it is, its mail " +
  "address reaches nobody, and it is put into no group. Whatever the org does for every new user it " +
  "does for this one too: group rules, provisioning to applications, hooks, the System Log. For some " +
  "seconds it counts as an active user.";

function printEnd(end: CanaryEnd, terminal: Terminal): void {
  const { style } = terminal;
  const { control, algorithms, removed, left } = end;
  const rows = algorithms.map(({ tried, finding }) => [
    verdictOf(finding),
    recordsOf(tried),
    caseLabel(tried),
  ]);
  if (control !== undefined) rows.unshift([verdictOf(control), "", CONTROL]);
  const columns = [
    { header: "sign-in" },
    { header: "records", align: "right" as const },
    { header: "tried", overflow: "wrap" as const },
  ];
  if (rows.length > 0) {
    terminal.print(`\n${renderTable(rows, { columns, width: terminal.width(), style })}`);
  }
  terminal.print("");
  printDetails(end, terminal);
  terminal.print(style.bold(sentenceOf(end)));
  if (removed > 0) terminal.print(`${countOf(removed, "throw-away user")} removed, for good.`);
  for (const login of left) {
    terminal.print(`${style.yellow("may still be there:")} ${printable(login)}`);
  }
}

const CONTROL = "the control: a password set as such";

/** What the table can't hold: why, and what to do; once for all that have it in common. */
function printDetails({ control, algorithms }: CanaryEnd, terminal: Terminal): void {
  const { style } = terminal;
  const told = new Map<string, { readonly finding: Finding; readonly labels: string[] }>();
  const findings = algorithms.map(({ tried, finding }) => ({ label: caseLabel(tried), finding }));
  if (control !== undefined) findings.unshift({ label: CONTROL, finding: control });
  for (const { label, finding } of findings) {
    if (finding.signIn === "ok" && finding.salt === undefined) continue;
    const key = JSON.stringify([finding.reason, finding.hint]);
    const same = told.get(key) ?? { finding, labels: [] };
    same.labels.push(label);
    told.set(key, same);
  }
  for (const { finding, labels } of told.values()) {
    terminal.print(style.bold(labels.map((label) => printable(label)).join("; ")));
    terminal.print(wrapped(finding.reason, terminal));
    if (finding.hint !== undefined) terminal.print(wrapped(`> ${finding.hint}`, terminal));
    terminal.print("");
  }
}

function wrapped(text: string, terminal: Terminal): string {
  const columns = [{ overflow: "wrap" as const }];
  return renderTable([[text]], { columns, width: terminal.width(), indent: "  " });
}

function verdictOf({ create, signIn }: Finding): string {
  return create === "refused" ? "not created" : signIn;
}

function recordsOf({ records }: CanaryCase): string {
  return records === undefined ? "" : formatCount(records);
}

function sentenceOf({ algorithms }: CanaryEnd): string {
  const all = algorithms.length;
  const good = algorithms.filter(({ finding }) => finding.signIn === "ok").length;
  if (all === 0) return "Nothing was tried.";
  if (good === all) {
    return all === 1
      ? "The one kind of hash signs in in this org."
      : `All ${all} kinds of hash sign in in this org.`;
  }
  return `Proven in this org: ${good} of ${countOf(all, "kind")} of hash.`;
}

function countOf(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;
}
