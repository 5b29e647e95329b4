import type { OpenQuestion } from "../password/open-question.ts";
import { printableText, showName } from "../show-name.ts";
import type {
  CleaningSuggestion,
  DraftedLine,
  DraftedPassword,
  DraftingInput,
  ProposedLine,
  UnusedColumn,
} from "./drafted-mapping.ts";
import type { ScenarioDecision } from "./decide-scenario.ts";
import { writeSource } from "./write-source.ts";
import { yamlComment, yamlScalar } from "./yaml-text.ts";

/** What a drafted file is written from. */
export interface DraftParts
  extends Pick<DraftingInput, "source" | "head" | "facts" | "month">, ScenarioDecision {
  readonly lines: readonly DraftedLine[];
  readonly proposed: readonly ProposedLine[];
  readonly unused: readonly UnusedColumn[];
  readonly password: DraftedPassword | undefined;
  readonly openQuestion: OpenQuestion | undefined;
  readonly missing: readonly string[];
  readonly cleaning: readonly CleaningSuggestion[];
  /** Expressions that would leave records out. */
  readonly where: readonly string[];
}

/** More columns are only counted: a file of more is not read by anyone, nor by us. */
const MAX_TOLD = 500;

/** The text of a drafted `migration.yaml`. */
export function writeDraft(parts: DraftParts): string {
  const { scenario, scenarioReason, otherwiseReasons } = parts;
  const paragraphs = [
    opening(parts),
    [...writeSource(parts.source)],
    [...yamlComment(scenarioReason), `scenario: ${scenario}`],
    profile(parts),
    proposals(parts.proposed),
    passwordPart(parts),
    [...otherwiseReasons.flatMap((reason) => yamlComment(reason)), "otherwise: reject"],
    [
      ...yamlComment("Okta advises a dated group for everyone that a migration creates:"),
      `# groups: [Migrated ${parts.month}]`,
    ],
    cleaningComment(parts.cleaning),
    whereComment(parts.where),
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

function profile({ lines, missing }: DraftParts): string[] {
  const written = new Set<string>();
  const text = lines.flatMap((line) => {
    const isAgain = written.has(line.column);
    written.add(line.column);
    return ["", ...profileLine(line, isAgain)];
  });
  return [
    // Without a rule in it, the part itself would be a mistake; columns are matched by name then.
    lines.some(({ isInForce }) => isInForce) ? "profile:" : "# profile:",
    ...text.slice(1),
    ...missing.flatMap((attribute) => [
      "",
      ...yamlComment(
        `Missing: ${attribute} is required by the org's schema, and no column seems to hold it.`,
        "  ",
      ),
    ]),
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

function proposals(proposed: readonly ProposedLine[]): string[] {
  if (proposed.length === 0) return [];
  return [
    ...yamlComment(
      "Columns that no attribute of the org takes. To carry one over, add an attribute to the org " +
        "(init --attributes writes the request for it), and take the # of its line away:",
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

function passwordPart({ password, passwordWarnings, openQuestion }: DraftParts): string[] {
  if (password === undefined) return [];
  const { certainty, reasons, settings } = password;
  return [
    "password:",
    ...yamlComment(`${certainty}: ${reasons.join(" · ")}`, "  "),
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

function cleaningComment(cleaning: readonly CleaningSuggestion[]): string[] {
  if (cleaning.length === 0) return [];
  return [
    ...yamlComment("What values seem to need, for Okta to take them or to be alike:"),
    "# clean:",
    ...cleaning.flatMap(({ attribute, rules, why }) => [
      ...yamlComment(why, "#   "),
      `#   ${yamlScalar(attribute)}: ${rules}`,
    ]),
  ];
}

function whereComment(where: readonly string[]): string[] {
  if (where.length === 0) return [];
  return [
    ...yamlComment("To leave out those who are gone or blocked, if they are not to be moved:"),
    ...where.map((expression) => `# where: ${yamlScalar(expression)}`),
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
