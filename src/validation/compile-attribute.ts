import {
  type AttributeSchema,
  type AttributeType,
  type Issue,
  type ProfileValue,
  printable,
} from "../core/index.ts";
import { type CompileContext, compileText } from "./compile-text.ts";
import {
  choiceIssue,
  impreciseIssue,
  readOnlyIssue,
  requiredIssue,
  typeIssue,
} from "./value-issues.ts";

/** Adds every issue of one value to `issues`. */
export type ValueCheck = (value: ProfileValue, issues: Issue[]) => void;

/**
 * Makes the check of one attribute's values: type, lengths, choices, pattern, format, characters.
 * Of a list, the first element at fault is told.
 */
export function compileAttribute(attribute: AttributeSchema, context: CompileContext): ValueCheck {
  const field = printable(attribute.name);
  if (attribute.readOnly === true) {
    const issue = readOnlyIssue(field);
    return (_value, issues) => {
      issues.push(issue);
    };
  }
  if (attribute.type === "array") return compileList(attribute, field, context);
  return compileScalar(attribute, attribute.type, field, context);
}

function compileList(
  attribute: AttributeSchema,
  field: string,
  context: CompileContext,
): ValueCheck {
  const checkElement = compileScalar(attribute, attribute.itemType ?? "string", field, context);
  return (value, issues) => {
    if (typeof value !== "object") {
      issues.push(typeIssue(field, "a list", value));
      return;
    }
    if (value.length === 0 && attribute.required) issues.push(requiredIssue(field));
    const before = issues.length;
    for (const element of value) {
      checkElement(element, issues);
      if (issues.length > before) return;
    }
  };
}

function compileScalar(
  attribute: AttributeSchema,
  type: Exclude<AttributeType, "array">,
  field: string,
  context: CompileContext,
): ValueCheck {
  switch (type) {
    case "string": {
      const checkText = compileText(attribute, context);
      return (value, issues) => {
        if (typeof value === "string") checkText(value, issues);
        else issues.push(typeIssue(field, "text", value));
      };
    }
    case "boolean":
      return (value, issues) => {
        if (typeof value !== "boolean") issues.push(typeIssue(field, "true or false", value));
      };
    case "number":
      return compileNumber(attribute, "a number", field);
    case "integer":
      return compileNumber(attribute, "a whole number", field);
  }
}

function compileNumber(attribute: AttributeSchema, wanted: string, field: string): ValueCheck {
  const choices = attribute.enum ?? [];
  const allowed = attribute.enum === undefined ? undefined : new Set(choices.map(Number));
  const takesFractions = wanted === "a number";
  return (value, issues) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      issues.push(typeIssue(field, wanted, value));
    } else if (!Number.isInteger(value)) {
      if (!takesFractions) issues.push(typeIssue(field, wanted, value));
      else if (allowed?.has(value) === false) issues.push(choiceIssue(field, value, choices));
    } else if (!Number.isSafeInteger(value)) {
      issues.push(impreciseIssue(field));
    } else if (allowed?.has(value) === false) {
      issues.push(choiceIssue(field, value, choices));
    }
  };
}
