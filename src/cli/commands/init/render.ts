import type { DirectorySchema, SourceHead, UserSource } from "../../../core/index.ts";
import { type DraftedMapping, schemaBody, type SourceFacts } from "../../../mapping/index.ts";
import { formatCount, renderTable } from "../../../reports/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import type { Session } from "../../run/session.ts";
import type { WrittenFiles } from "./write-files.ts";

/** What is told of a draft. */
export interface ToldDraft {
  readonly draft: DraftedMapping;
  readonly files: WrittenFiles;
  readonly facts: SourceFacts;
  readonly head: SourceHead;
  readonly source: Pick<UserSource, "location">;
  readonly schema: DirectorySchema;
}

const MAX_LISTED = 20;

/** Tells a draft to programs, in one object. */
export function writeDraftLine({ draft, files, facts, head, source, schema }: ToldDraft): void {
  const { lines, proposed, unused, password, questions } = draft;
  writeJsonLine({
    event: "mapping-drafted",
    source: source.location,
    description: head.description,
    records: facts.records,
    unreadable: facts.unreadable,
    complete: !facts.isPart,
    schema: schema.origin,
    out: files.draft,
    scenario: draft.scenario,
    profile: lines.map(inForceLast),
    password:
      password === undefined
        ? undefined
        : {
            column: password.column,
            columns: password.columns,
            certainty: password.certainty,
            reasons: password.reasons,
            warnings: draft.passwordWarnings,
          },
    proposed: proposed.map(({ proposal, column, looks }) => ({ ...proposal, column, looks })),
    unused,
    cleaning: draft.cleaning.map(inForceLast),
    where: draft.where.map(inForceLast),
    missing: draft.missing,
    open: questions.map((question) =>
      question.kind === "format"
        ? { kind: question.kind, answers: question.answers.map(({ line }) => line) }
        : question,
    ),
    sample: draft.sample,
    schemaRequest: schemaBody(proposed.map(({ proposal }) => proposal)),
  });
}

function inForceLast<T extends { readonly isInForce: boolean }>({
  isInForce,
  ...rest
}: T): Omit<T, "isInForce"> & { readonly inForce: boolean } {
  return { ...rest, inForce: isInForce };
}

/** Tells a draft to people. */
export function printDraft(told: ToldDraft, { terminal }: Pick<Session, "terminal">): void {
  const { draft, files, facts, head, source } = told;
  const { style } = terminal;
  const width = terminal.width();
  const seen = facts.isPart ? "the first" : "all";
  terminal.print(
    `Looked at ${seen} ${formatCount(facts.records)} records of ${source.location} (${head.description}).`,
  );
  if (facts.unreadable > 0) {
    terminal.print(
      `${style.yellow("warning:")} ${formatCount(facts.unreadable)} more can't be read.`,
    );
  }
  const rows = draft.lines.map(({ attribute, column, certainty, reasons, isInForce }) => [
    attribute,
    column,
    isInForce ? certainty : "to mend",
    reasons[0] ?? "",
  ]);
  if (draft.password !== undefined) {
    const { column, certainty, reasons } = draft.password;
    rows.push(["(password)", column, certainty, reasons[0] ?? ""]);
  }
  terminal.print(
    `\n${renderTable(rows, {
      columns: [
        { header: "Okta" },
        { header: "source" },
        { header: "sure" },
        { header: "why", overflow: "wrap" },
      ],
      width,
      style,
    })}`,
  );
  printRest(told, terminal);
  printSample(told, terminal);
  const where = files.draft ?? "standard output";
  terminal.print(
    `\n${style.bold("Drafted:")} ${where}. Read it through, then: ${nextCommand(files)}`,
  );
}

function nextCommand({ draft }: WrittenFiles): string {
  const config = draft === undefined || draft === "migration.yaml" ? "" : ` --config ${draft}`;
  return `okta-migrate check${config}`;
}

function printRest({ draft, files, schema }: ToldDraft, terminal: Session["terminal"]): void {
  const { style } = terminal;
  const note = (text: string): void => terminal.print(`${style.yellow("note:")} ${text}`);
  for (const attribute of draft.missing) note(`${attribute} is required, and nothing gives it.`);
  for (const { attribute, warnings } of draft.lines) {
    for (const warning of warnings) note(`${attribute}: ${warning}.`);
  }
  for (const { attribute, why, isInForce } of draft.cleaning) {
    const rule = isInForce ? "the draft has a rule for it" : "the draft has a rule as a comment";
    note(`${attribute === "*" ? "values" : attribute}: ${why}; ${rule}.`);
  }
  for (const { column, expression, why, isInForce } of draft.where) {
    const condition = `where: ${expression}`;
    const deed = isInForce ? `left out by ${condition}` : `not left out; ${condition} would do it`;
    note(`${column}: ${why}; ${deed}.`);
  }
  for (const warning of draft.passwordWarnings) note(`password: ${warning}`);
  for (const question of draft.questions) {
    if (question.kind === "format") {
      note(
        `the hashes can be read in ${question.answers.length} ways: the draft lists them, and check stops until one is chosen.`,
      );
    } else if (question.kind === "scenario") {
      note(
        "no column holds password hashes: the draft is for staged users; hook is the other way.",
      );
    }
  }
  const names = draft.unused.map(({ column }) => column);
  if (names.length > 0) terminal.print(`Not used: ${listed(names)}.`);
  if (draft.proposed.length === 0) return;
  const whose = schema.origin === "org" ? "the org" : "Okta by itself";
  terminal.print(
    `\nColumns for which ${whose} has no attribute; the draft has them as comments:\n${renderTable(
      draft.proposed
        .slice(0, MAX_LISTED)
        .map(({ column, proposal, looks }) => [
          column,
          proposal.name,
          proposal.type + (proposal.maxLength === undefined ? "" : `, up to ${proposal.maxLength}`),
          looks.join(" · "),
        ]),
      {
        columns: [
          { header: "source" },
          { header: "attribute to add" },
          { header: "type" },
          { header: "looks", overflow: "wrap" },
        ],
        width: terminal.width(),
        indent: "  ",
        style,
      },
    ).trimEnd()}`,
  );
  const more = draft.proposed.length - MAX_LISTED;
  if (more > 0) terminal.print(`  and ${formatCount(more)} more`);
  terminal.print(
    files.attributes === undefined
      ? "The request that adds them is written with --attributes FILE."
      : `The request that adds them: ${files.attributes}, for POST /api/v1/meta/schemas/user/default.`,
  );
}

function printSample({ draft }: ToldDraft, terminal: Session["terminal"]): void {
  if (draft.sample.length === 0) return;
  const attributes = draft.lines.filter(({ isInForce }) => isInForce).map((line) => line.attribute);
  const rows = [...attributes, "(password)"].map((attribute) => [
    attribute,
    ...draft.sample.map(({ profile, password }) =>
      attribute === "(password)" ? (password ?? "") : (profile[attribute] ?? ""),
    ),
  ]);
  terminal.print(
    `\nThe first records as they would arrive, masked:\n${renderTable(rows, {
      columns: [
        { header: "Okta" },
        ...draft.sample.map(({ line }) => ({ header: `line ${line}` })),
      ],
      width: terminal.width(),
      indent: "  ",
      style: terminal.style,
    }).trimEnd()}`,
  );
}

function listed(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED;
  return names.slice(0, MAX_LISTED).join(", ") + (rest > 0 ? ` and ${formatCount(rest)} more` : "");
}
