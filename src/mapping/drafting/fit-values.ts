import type { AttributeSchema } from "../../core/index.ts";
import { STATUS_COLUMNS } from "./drafted-synonyms.ts";
import { foldWord } from "./fold-word.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import type { ValueShape } from "./looking/value-shape.ts";

/** Whether a column's values can be those of an attribute; `open`: nothing speaks for or against. */
export type Fit = "fits" | "open" | "misfits";

const MOST = 0.9;
const MANY = 0.5;

/** Shapes that a free text is not: who has a name of digits? */
const NO_NAMES: readonly ValueShape[] = ["mail", "integer", "date", "uuid", "url", "hash", "phone"];
const PERSONAL_NAMES: ReadonlySet<string> = new Set([
  "firstName",
  "lastName",
  "middleName",
  "displayName",
  "city",
  "honorificPrefix",
  "title",
  "organization",
  "manager",
]);
/** What statuses are called, where `state` or `estado` is one and no region. */
const STATUS_WORDS: ReadonlySet<string> = new Set(
  (
    "active inactive enabled disabled blocked locked deleted pending suspended archived banned " +
    "aktiv inaktiv gesperrt geloscht deaktiviert actif inactif bloque supprime activo inactivo " +
    "bloqueado eliminado attivo inattivo bloccato ativo inativo actief inactief geblokkeerd"
  ).split(" "),
);

/** Judges a column for a base attribute by the look of its values. */
export function fitValues(attribute: string, facts: ColumnFacts): Fit {
  if (facts.objectPart > MANY) return "misfits";
  if (facts.filled === 0) return "open";
  const part = (...shapes: readonly ValueShape[]): number =>
    Math.max(...shapes.map((shape) => facts.shapes.get(shape) ?? 0));
  switch (attribute) {
    case "email":
    case "secondEmail":
      return graded(part("mail"));
    case "login":
      return fitLogin(facts, part("mail"));
    case "primaryPhone":
    case "mobilePhone":
      return fitPhone(facts, part("phone"), part("integer"));
    case "countryCode":
      return part("country-code") >= MOST ? "fits" : openIf(part("country-name") >= MANY);
    case "locale":
      return part("locale") >= MOST ? "fits" : openIf(part("language") >= MOST);
    case "preferredLanguage":
      return part("language", "locale") >= MOST ? "fits" : openIf(part("integer") < MANY);
    case "timezone":
      return part("timezone") >= MOST ? "fits" : openIf(part("integer") < MANY);
    case "profileUrl":
      return graded(part("url"));
    case "state":
      return openIf(!isStatus(facts) && part("integer", "boolean") < MANY);
    default:
      return fitText(attribute, part);
  }
}

function fitText(attribute: string, part: (...shapes: readonly ValueShape[]) => number): Fit {
  if (part("hash", "date") >= MANY) return "misfits";
  if (!PERSONAL_NAMES.has(attribute)) return openIf(part("mail") < MANY);
  return openIf(part(...NO_NAMES) < MANY);
}

/** A login is somebody's alone. */
function fitLogin({ distinct, longest }: ColumnFacts, mailPart: number): Fit {
  if (distinct.repeatedPart > 0.1 || longest > 100) return "misfits";
  return mailPart >= MOST ? "fits" : "open";
}

function fitPhone(facts: ColumnFacts, phonePart: number, integerPart: number): Fit {
  if (phonePart >= 0.7) return "fits";
  const isLong = facts.shortest >= 5 && facts.longest <= 20;
  return openIf(phonePart + integerPart >= MANY && isLong);
}

function graded(part: number): Fit {
  return part >= MOST ? "fits" : openIf(part >= MANY);
}

function openIf(condition: boolean): Fit {
  return condition ? "open" : "misfits";
}

/** Whether the values say how an account stands. */
export function isStatus({ choices }: ColumnFacts): boolean {
  return choices?.some(([value]) => STATUS_WORDS.has(foldWord(value))) ?? false;
}

const STATUS_NAMES: ReadonlySet<string> = new Set(STATUS_COLUMNS.split(" ").map(foldWord));

/** Whether a column is called as one that says how an account stands. */
export function isStatusName({ column, keys }: ColumnFacts): boolean {
  return STATUS_NAMES.has(foldWord(keys.at(-1) ?? column));
}

/** What a type of the schema wants and the values are not; undefined where they may be. */
export function typeWarning(schema: AttributeSchema | undefined, facts: ColumnFacts) {
  if (schema === undefined || facts.filled === 0) return undefined;
  if (schema.type === "integer" && (facts.shapes.get("integer") ?? 0) < 1) {
    return "the org wants whole numbers, and not all are";
  }
  if (schema.type === "boolean" && (facts.shapes.get("boolean") ?? 0) < 1) {
    return "the org wants true or false, and not all are";
  }
  if (schema.maxLength !== undefined && facts.longest > schema.maxLength) {
    return `the longest has ${facts.longest} characters, and at most ${schema.maxLength} are taken`;
  }
  return undefined;
}
