import { join } from "node:path";
import type { RecordRules } from "../../../migration/index.ts";
import {
  buildMatrix,
  FieldSurvey,
  matrixHeader,
  type MatrixPage,
  matrixRow,
  renderMatrixPage,
} from "../../../reports/index.ts";
import type { PreparedRun } from "../../run/prepare-run.ts";
import { type WrittenFile, writeRunPage, writeRunTable } from "../../run/run-folder.ts";

/** The same rules, with every record that they map looked at for the matrix. */
export function surveyedRules(rules: RecordRules, survey: FieldSurvey): RecordRules {
  return {
    ...rules,
    map: (record) => {
      const mapped = rules.map(record);
      survey.note(record, mapped.draft.profile);
      return mapped;
    },
  };
}

/**
 * Writes the mapping matrix into the run's folder, as a table and as a page.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when a file can't be written
 */
export async function writeMatrix(
  folder: string,
  { mapping, schema, head, scenario }: PreparedRun,
  { survey, ...page }: Omit<MatrixPage, "records"> & { readonly survey: FieldSurvey },
): Promise<readonly WrittenFile[]> {
  const cleaning = new Map(mapping.cleaning.map(({ attribute, rules }) => [attribute, rules]));
  const rows = buildMatrix({
    fields: mapping.fields.map((field) => ({
      ...field,
      cleaning: cleaning.get(field.attribute) ?? [],
    })),
    schema,
    survey,
    columns: head.columns,
    passwords: {
      columns: mapping.passwordColumns,
      description: mapping.passwordKind,
      migrated: scenario === "passwords",
    },
    groups: { from: mapping.groupsFrom, columns: mapping.groupColumns },
    secretColumns: mapping.secretColumns,
  });
  const table = join(folder, "mapping-matrix.csv");
  const html = join(folder, "mapping-matrix.html");
  await writeRunTable(table, matrixHeader(), rows.map(matrixRow));
  await writeRunPage(html, renderMatrixPage(rows, { ...page, records: survey.records }));
  return [
    { path: table, holds: "the mapping matrix, for a spreadsheet" },
    { path: html, holds: "the mapping matrix, for a browser" },
  ];
}
