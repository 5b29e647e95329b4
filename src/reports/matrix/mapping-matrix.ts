import type { DirectorySchema } from "../../core/index.ts";
import type { FieldSurvey, SeenField } from "./field-survey.ts";
import { judgePersonalData, type PersonalData } from "./personal-data.ts";

/** One line of the matrix: a field of the source, of Okta's profile, or both. */
export interface MatrixRow {
  /** Columns of the source, or that there is none. */
  readonly source: string;
  /** The Okta attribute; empty where the column goes nowhere. */
  readonly target: string;
  readonly type: string;
  /** Characters of the longest value seen; empty where there was none. */
  readonly longest: string;
  /** Characters that the org allows; empty without a limit. */
  readonly maxLength: string;
  readonly required: "yes" | "no" | "";
  readonly unique: "yes" | "no" | "";
  readonly personalData: PersonalData;
  /** The expression, the constant and the cleaning rules; empty where the value stays as it is. */
  readonly transform: string;
  /** Part of the records that have a value, such as `98.5 %`. */
  readonly fillRate: string;
  readonly migrated: "yes" | "no";
}

/** How one attribute is filled. */
export interface MatrixField {
  readonly attribute: string;
  readonly kind: "column" | "expression" | "constant";
  readonly from: string;
  readonly columns: readonly string[];
  readonly cleaning: readonly string[];
}

/** What a matrix is made of. */
export interface MatrixParts {
  readonly fields: readonly MatrixField[];
  readonly schema: DirectorySchema;
  readonly survey: FieldSurvey;
  /** All columns of the source that are known before it is read. */
  readonly columns: readonly string[];
  readonly passwords: {
    readonly columns: readonly string[];
    /** Where and what the material is; undefined where none was found. */
    readonly description: string | undefined;
    /** Whether it goes to the org. */
    readonly migrated: boolean;
  };
  /** What gives the names of a record's own groups. */
  readonly groups: { readonly from: string | undefined; readonly columns: readonly string[] };
  /** Columns whose values are secret, whatever becomes of them. */
  readonly secretColumns: ReadonlySet<string>;
}

/** The mapping matrix: attributes in the order of the mapping, passwords, groups, then what stays behind. */
export function buildMatrix(parts: MatrixParts): readonly MatrixRow[] {
  const { fields, passwords, groups, survey, secretColumns } = parts;
  const used = new Set([
    ...fields.flatMap(({ columns }) => columns),
    ...passwords.columns,
    ...groups.columns,
  ]);
  const rest = [...new Set([...parts.columns, ...survey.columns()])].filter(
    (column) => !used.has(column),
  );
  return [
    ...fields.map((field) => attributeRow(field, parts)),
    ...passwords.columns.map((column) => passwordRow(column, parts)),
    ...groups.columns.map((column) => groupRow(column, parts)),
    ...rest.map((column) => leftRow(column, survey, secretColumns.has(column))),
  ];
}

function attributeRow(field: MatrixField, { schema, survey }: MatrixParts): MatrixRow {
  const { attribute, kind, from, columns, cleaning } = field;
  const known = schema.attributes.get(attribute);
  const seen = survey.attribute(attribute);
  const isUnique = known?.unique === true || attribute === "login";
  const work = kind === "column" ? cleaning : [from, ...cleaning];
  return {
    source: columns.length === 0 ? "(constant)" : kind === "column" ? from : columns.join(", "),
    target: attribute,
    type: known === undefined ? "unknown" : typeText(known.type, known.itemType),
    longest: longestText(seen),
    maxLength: known?.maxLength === undefined ? "" : String(known.maxLength),
    required: known === undefined ? "" : known.required ? "yes" : "no",
    unique: known === undefined && !isUnique ? "" : isUnique ? "yes" : "no",
    personalData: judgePersonalData(attribute),
    transform: work.join("; "),
    fillRate: rateText(seen, survey.records),
    migrated: "yes",
  };
}

function passwordRow(column: string, { passwords, survey }: MatrixParts): MatrixRow {
  const seen = survey.column(column);
  return {
    source: column,
    target: passwords.migrated ? "credentials.password" : "",
    type: "password material",
    longest: "",
    maxLength: "",
    required: "",
    unique: "",
    personalData: "secret",
    transform: passwords.description ?? "",
    fillRate: rateText(seen, survey.records),
    migrated: passwords.migrated ? "yes" : "no",
  };
}

function groupRow(column: string, { groups, survey }: MatrixParts): MatrixRow {
  return {
    ...leftRow(column, survey, false),
    target: "groupIds",
    type: "names of groups",
    transform: groups.from === undefined || groups.from === column ? "" : groups.from,
    migrated: "yes",
  };
}

function leftRow(column: string, survey: FieldSurvey, isSecret: boolean): MatrixRow {
  const seen = survey.column(column);
  return {
    source: column,
    target: "",
    type: "",
    longest: isSecret ? "" : longestText(seen),
    maxLength: "",
    required: "",
    unique: "",
    personalData: isSecret ? "secret" : judgePersonalData(column),
    transform: "",
    fillRate: rateText(seen, survey.records),
    migrated: "no",
  };
}

function typeText(type: string, itemType: string | undefined): string {
  return type === "array" ? `list of ${itemType ?? "string"}` : type;
}

function longestText({ longest, filled }: SeenField): string {
  return filled === 0 ? "" : String(longest);
}

function rateText({ filled }: SeenField, records: number): string {
  if (records === 0) return "";
  const percent = Math.floor((filled * 1000) / records) / 10;
  // A few of a million are not none.
  return filled > 0 && percent === 0 ? "< 0.1 %" : `${percent} %`;
}
