import type { JsonObject } from "./json.ts";
import { isMailShaped } from "./login-key.ts";
import { OrgRefusal, validationFailed } from "./org-refusal.ts";
import type { AttributeRule, UserSchema } from "./user-schema.ts";

/** Half of a character that takes four bytes in UTF-8, which Okta does not store. */
const SURROGATE = /[\ud800-\udfff]/;

/**
 * Checks a profile as it is to be stored; nulls count as absent.
 *
 * @param about what Okta's summary calls the object when an attribute is not defined, such as `newUser`
 * @returns the profile without its nulls
 * @throws {OrgRefusal} 400 with one cause for each attribute at fault
 * @see docs/okta/schema.md#base-attributes
 */
export function validateProfile(
  schema: UserSchema,
  profile: JsonObject,
  about: string,
): { readonly login: string; readonly profile: JsonObject } {
  const causes: string[] = [];
  let firstAtFault: string | undefined;
  let hasNull = false;
  for (const name in profile) {
    const value = profile[name];
    const rule = schema.rules.get(name);
    if (rule === undefined) {
      throw validationFailed(about, `Property name '${name}' is not defined in profile`);
    }
    if (value === null) {
      hasNull = true;
      continue;
    }
    const cause = faultOf(rule, value, schema);
    if (cause === undefined) continue;
    firstAtFault ??= name;
    causes.push(`${name}: ${cause}`);
  }
  for (const { name } of schema.required) {
    const value = profile[name];
    if (value !== undefined && value !== null && value !== "") continue;
    firstAtFault ??= name;
    causes.push(`${name}: The field cannot be left blank`);
  }
  if (firstAtFault !== undefined) throw validationFailed(firstAtFault, ...causes);
  const { login } = profile;
  return { login: String(login), profile: hasNull ? withoutNulls(profile) : profile };
}

function faultOf(rule: AttributeRule, value: unknown, schema: UserSchema): string | undefined {
  if (!hasType(rule.type, rule.itemType, value)) {
    throw new OrgRefusal(400, "E0000037", "Type mismatch exception.", [
      `${rule.name}: The value must be of type ${rule.type}`,
    ]);
  }
  if (rule.readOnly) {
    const summary = `Cannot modify the ${rule.name} attribute because it is read-only.`;
    throw new OrgRefusal(403, "E0000077", summary);
  }
  if (typeof value === "string") return textFault(rule, value, schema);
  if (
    Array.isArray(value) &&
    value.some((item) => typeof item === "string" && SURROGATE.test(item))
  )
    return "Characters of four bytes are not supported";
  if (rule.enum !== undefined && !Array.isArray(value) && !rule.enum.includes(value)) {
    return "The value is not one of those that the schema lists";
  }
  return undefined;
}

function textFault(rule: AttributeRule, value: string, schema: UserSchema): string | undefined {
  if (SURROGATE.test(value)) return "Characters of four bytes are not supported";
  if (rule.name === "login") return loginFault(rule, value, schema.loginPattern);
  if (value === "") return undefined;
  if (value.length < rule.minLength)
    return `The field is shorter than ${rule.minLength} characters`;
  if (value.length > rule.maxLength) return `The field is longer than ${rule.maxLength} characters`;
  if (rule.format === "email" && !isMailShaped(value)) {
    return "Does not match required pattern";
  }
  if (rule.pattern !== undefined && !rule.pattern.test(value)) {
    return "Does not match required pattern";
  }
  if (rule.enum !== undefined && !rule.enum.includes(value)) {
    return "The value is not one of those that the schema lists";
  }
  return undefined;
}

function loginFault(
  rule: AttributeRule,
  login: string,
  pattern: RegExp | undefined,
): string | undefined {
  if (login === "") return undefined;
  if (login.length > rule.maxLength) return `The field is longer than ${rule.maxLength} characters`;
  if (pattern !== undefined) {
    return pattern.test(login) ? undefined : "Does not match required pattern";
  }
  if (login.length < rule.minLength)
    return `The field is shorter than ${rule.minLength} characters`;
  return isMailShaped(login) ? undefined : "Username must be in the form of an email address";
}

function hasType(type: string, itemType: string, value: unknown): boolean {
  if (type !== "array") return isOfType(type, value);
  return Array.isArray(value) && value.every((item) => isOfType(itemType, item));
}

function isOfType(type: string, value: unknown): boolean {
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function withoutNulls(profile: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null));
}
