import { printable } from "../../../core/index.ts";
import {
  type CountedRoute,
  fitWidth,
  formatCount,
  hangText,
  type LoadProof,
  type Rehearsal,
  type RehearsedLoad,
  renderRehearsal,
  renderRoutes,
} from "../../../reports/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import type { Session } from "../../run/session.ts";
import type { RehearsedLimits } from "./options.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { VerdictFile } from "./work-folder.ts";

/** What will be rehearsed, told before it begins. */
export interface RehearsalPlan {
  readonly source: string;
  readonly invented: boolean;
  readonly scenario: string;
  readonly records: number;
  readonly rejected: number;
  readonly routes: readonly CountedRoute[];
  readonly limits: RehearsedLimits;
  readonly loads: readonly PlannedLoad[];
}

/** What `rehearse` tells while it runs, to people or to programs. */
export interface RehearseView {
  plan(plan: RehearsalPlan): void;
  begin(load: PlannedLoad, org: string): void;
  progress(load: PlannedLoad, progress: { readonly phase: string; readonly created: number }): void;
  /** Its import is over, and is looked at. */
  proving(load: PlannedLoad): void;
  proof(load: PlannedLoad, proof: LoadProof): void;
  loadEnd(load: RehearsedLoad): void;
  end(rehearsal: Rehearsal, files: readonly VerdictFile[]): void;
}

/** Columns that {@link hangText} leaves free. */
const INDENT = 2;

/** Opens the view that was asked for. */
export function openRehearseView(session: Session, json: boolean): RehearseView {
  return json ? JSON_VIEW : humanView(session);
}

const JSON_VIEW: RehearseView = {
  plan: (plan) => writeJsonLine({ event: "rehearsal-plan", ...plan }),
  begin: ({ name, records, limits, trial }, org) =>
    writeJsonLine({ event: "load-begun", load: name, records, limits, trial, org }),
  progress: ({ name }, { phase, created }) =>
    writeJsonLine({ event: "progress", load: name, phase, created }),
  proving: () => undefined,
  proof: ({ name: load }, proof) => writeJsonLine({ event: "load-proof", load, ...proof }),
  loadEnd: ({ proofs: _proofs, ...load }) => writeJsonLine({ event: "load-ended", ...load }),
  end: (rehearsal, files) => writeJsonLine({ event: "rehearsal", ...rehearsal, files }),
};

function humanView({ terminal }: Session): RehearseView {
  const { style } = terminal;
  const marks = {
    passed: { word: "passed", paint: style.green },
    failed: { word: "FAILED", paint: style.red },
    skipped: { word: "skipped", paint: style.yellow },
  };
  return {
    plan: ({ source, invented, scenario, records, rejected, routes, limits, loads }) => {
      const bad = rejected === 0 ? "" : `, ${formatCount(rejected)} rejected`;
      const plan = limits.plan === undefined ? "" : `plan ${limits.plan}, `;
      const lines = [
        ["source", `${source}${invented ? ", invented" : ""}`],
        ["scenario", scenario],
        ["records", `${formatCount(records)}${bad}`],
        ["routes", renderRoutes(routes)],
        ["org", `emulated here: ${plan}${formatCount(limits.createsPerMinute)} creates a minute,`],
        ["", `each minute of it in ${formatCount(limits.windowMs)} ms`],
        ["loads", loads.map(({ name }) => name).join(", ")],
      ];
      for (const [name = "", text = ""] of lines) {
        if (text === "") continue;
        const label = name.padEnd(11);
        const shown = hangText(label, printable(text, 1000), terminal.width() + INDENT);
        terminal.print(
          shown
            .map((line) => line.slice(INDENT))
            .join("\n")
            .replace(label, style.bold),
        );
      }
    },
    begin: ({ name, records, limits, trial }) => {
      const how = [
        `${formatCount(records)} records`,
        ...(limits === "none" ? ["without limits, which would take too long"] : []),
        ...(trial === "kill" ? ["killed on the way and resumed"] : []),
      ];
      terminal.print(`\n${style.bold(`Load ${name}`)}: ${how.join(", ")}`);
    },
    progress: ({ name, records }, { phase, created }) =>
      terminal.progress(
        fitWidth(
          phase === "sending"
            ? `load ${name}: ${formatCount(created)} of ${formatCount(records)} created`
            : `load ${name}: reading`,
          terminal.width() - 1,
        ),
      ),
    proving: ({ name }) =>
      terminal.progress(fitWidth(`load ${name}: proving`, terminal.width() - 1)),
    proof: (_load, { name, verdict, sentence }) => {
      terminal.clear();
      const { word, paint } = marks[verdict];
      const text = `${name}: ${printable(sentence, 1000)}`;
      terminal.print(hangText(`${word} `, text, terminal.width()).join("\n").replace(word, paint));
    },
    loadEnd: () => undefined,
    end: (rehearsal, files) => {
      terminal.clear();
      terminal.print(`\n${renderRehearsal(rehearsal, { width: terminal.width(), style })}`);
      for (const { path, holds } of files) {
        const line = `  ${printable(path, 1000)}  ${holds}`;
        const fits = fitWidth(line, terminal.width()) === line;
        terminal.print(fits ? line : `  ${printable(path, 1000)}\n    ${holds}`);
      }
    },
  };
}
