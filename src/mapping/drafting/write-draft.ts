import type { OpenQuestion } from "../password/open-question.ts";
import { printableText, showName } from "../show-name.ts";
import type {
  CleaningSuggestion,
  DraftedLine,
  DraftedPassword,
  DraftingInput,
  ProposedLine,
  UnusedColumn,
  WhereSuggestion,
} from "./drafted-mapping.ts";
import type { ScenarioDecision } from "./decide-scenario.ts";
import type { PresetBase } from "./preset-base.ts";
import { writeCleaning, writeWhere } from "./write-conditions.ts";
import { writeSource } from "./write-source.ts";
import { yamlComment, yamlScalar } from "./yaml-text.ts";

/** What a drafted file is written from. */
export interface DraftParts
  extends Pick<DraftingInput, "source" | "head" | "facts" | "month">, ScenarioDecision {
  readonly configured: DraftingInput["preset"];
  readonly lines: readonly DraftedLine[];
  readonly proposed: readonly ProposedLine[];
  readonly unused: readonly UnusedColumn[];
  readonly password: DraftedPassword | undefined;
  readonly openQuestion: OpenQuestion | undefined;
  readonly missing: readonly string[];
  readonly cleaning: readonly CleaningSuggestion[];
  readonly where: readonly WhereSuggestion[];
  readonly preset: PresetBase | undefined;
}

/** More columns are only counted: a file of more is not read by anyone, nor by us. */
const MAX_TOLD = 500;

/** The text of a drafted `migration.yaml`. */
export function writeDraft(parts: DraftParts): string {
  const { scenario, scenarioReason, otherwiseReasons } = parts;
  const paragraphs = [
    opening(parts),
    [...writeSource(parts.source, parts.configured?.preset)],
    [...yamlComment(scenarioReason), `scenario: ${scenario}`],
    profile(parts),
    proposals(parts),
    passwordPart(parts),
    [...otherwiseReasons.flatMap((reason) => yamlComment(reason)), "otherwise: reject"],
    [
      ...yamlComment("Okta advises a dated group for everyone that a migration creates:"),
      `# groups: [Migrated ${parts.month}]`,
    ],
    writeCleaning(parts.cleaning),
    writeWhere(parts.where, parts.preset),
    unusedColumns(parts),
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function opening({ head, facts }: DraftParts): string[] {
  const { records, unreadable, isPart } = facts;
  const seen = isPart ? `the first ${count(records)} records` : seenWhole(records);
  const bad = unreadable === 0 ? "" : `, and ${count(unreadable)} more could not be read`;
  return [
    ...yamlComment(
      `Drafted by okta-migrate init from ${printableText(head.description)}: looked at ${seen}${bad}.`,
    ),
    ...yamlComment(
      "Each line says why it stands here and how sure that is: certain, likely or guess. Read them, " +
        "mend what is wrong, then: okta-migrate check",
    ),
  ];
}

function seenWhole(records: number): string {
  if (records === 0) return "no records";
  return records === 1 ? "its only record" : `all ${count(records)} records`;
}

function profile({ lines, missing, preset }: DraftParts): string[] {
  const written = new Set<string>();
  const own = lines.filter(({ byPreset }) => !byPreset);
  const text = own.flatMap((line) => {
    const isAgain = written.has(line.column);
    written.add(line.column);
    return ["", ...profileLine(line, isAgain)];
  });
  return [
    // Without a rule in it, the part itself would be a mistake; columns are matched by name then.
    hasOwnRule(lines) ? "profile:" : "# profile:",
    ...presetLines(lines, preset),
    ...(preset === undefined ? text.slice(1) : text),
    ...missing.flatMap((attribute) => [
      "",
      ...yamlComment(
        `Missing: ${attribute} is required by the org's schema, and no column seems to hold it.`,
        "  ",
      ),
    ]),
  ];
}

function hasOwnRule(lines: readonly DraftedLine[]): boolean {
  return lines.some(({ isInForce, byPreset }) => isInForce && !byPreset);
}

/** The rules of a preset, which stand in force without standing here. */
function presetLines(lines: readonly DraftedLine[], preset: PresetBase | undefined): string[] {
  const given = lines.filter(({ byPreset }) => byPreset);
  if (preset === undefined || given.length === 0) return [];
  return [
    ...yamlComment(
      `certain: the preset ${preset.name} gives these. A line of yours for the same attribute goes ` +
        "before it; {omit: true} in its place leaves one out.",
      "  ",
    ),
    ...given.map(({ attribute, rule }) => `  #   ${yamlScalar(attribute)}: ${rule}`),
  ];
}

function profileLine(line: DraftedLine, isAgain: boolean): string[] {
  const { attribute, rule, certainty, reasons, warnings, isInForce } = line;
  const [why = "", ...looks] = reasons;
  const told = [`${certainty}: ${why}`, ...(isAgain ? [] : looks)].join(" · ");
  const text = `${yamlScalar(attribute)}: ${rule}`;
  return [
    ...yamlComment(told, "  "),
    ...warnings.flatMap((warning) => yamlComment(`Mind: ${warning}.`, "  ")),
    isInForce ? `  ${text}` : `  # ${text}`,
  ];
}

function proposals({ proposed, lines }: DraftParts): string[] {
  if (proposed.length === 0) return [];
  const also = hasOwnRule(lines) ? "" : ", and that of `profile:`";
  return [
    ...yamlComment(
      "Columns that no attribute of the org takes. To carry one over, add an attribute to the org " +
        `(init --attributes writes the request for it), and take the # of its line away${also}:`,
      "  ",
    ),
    ...proposed
      .slice(0, MAX_TOLD)
      .flatMap(({ proposal, rule, looks }) => [
        ...yamlComment(looks.join(" · "), "  ").map((line) => line.replace("# ", "#   ")),
        `  # ${yamlScalar(proposal.name)}: ${rule}`,
      ]),
    ...more(proposed.length, "  "),
  ];
}

function passwordPart(parts: DraftParts): string[] {
  const { password, passwordWarnings, openQuestion, preset } = parts;
  if (password === undefined) return [];
  const { certainty, reasons, settings, byPreset } = password;
  const kind = byPreset && preset?.passwordKind !== undefined ? ` · ${preset.passwordKind}` : "";
  return [
    // What the preset says needs no line; an empty part would be a mistake.
    settings.length > 0 ? "password:" : "# password:",
    ...yamlComment(`${certainty}: ${reasons.join(" · ")}${kind}`, "  "),
    ...passwordWarnings.flatMap((warning) => yamlComment(`Mind: ${warning}`, "  ")),
    ...settings.map(([key, value]) => `  ${key}: ${value}`),
    ...(openQuestion === undefined ? [] : answerLines(openQuestion)),
  ];
}

/** The answers to an open question, each as lines that can be made lines of the file. */
function answerLines({ answers }: OpenQuestion): string[] {
  return [
    ...yamlComment(
      "Undecided: these hashes can be read in several ways, and a wrong one shows only when people " +
        "sign in. Take one of these in here; okta-migrate password detect finds out which, with one " +
        "known password:",
      "  ",
    ),
    ...answers.map(({ line }) => `  #   ${line.replace(/^password: \{(.*)\}$/, "$1")}`),
  ];
}

function unusedColumns({ unused, facts }: DraftParts): string[] {
  const told = unused.slice(0, MAX_TOLD).flatMap(({ column, why, looks }) => {
    const seen = looks.length === 0 ? "" : ` · ${looks.join(" · ")}`;
    return yamlComment(`- ${showName(column)} ${why}${seen}`);
  });
  const leftOut = facts.columnsLeftOut;
  return [
    ...(told.length === 0 ? [] : ["# Columns that are not used:", ...told]),
    ...more(unused.length, ""),
    ...(leftOut === 0
      ? []
      : yamlComment(`${count(leftOut)} and more further keys were not looked at.`)),
  ];
}

function more(length: number, indent: string): readonly string[] {
  return length <= MAX_TOLD ? [] : yamlComment(`… and ${count(length - MAX_TOLD)} more`, indent);
}

/** Plain digits with commas, the same on every machine. */
function count(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
