import type { AttributeSchema, DirectorySchema } from "../core/index.ts";

type Limits = Partial<Pick<AttributeSchema, "required" | "minLength" | "maxLength" | "format">>;

/** Okta's base attributes; an attribute without limits is free text. */
const BASE_ATTRIBUTES: Readonly<Record<string, Limits>> = {
  login: { required: true, minLength: 5, maxLength: 100 },
  email: { required: true, minLength: 5, maxLength: 100, format: "email" },
  secondEmail: { maxLength: 100, format: "email" },
  firstName: { required: true, minLength: 1, maxLength: 50 },
  lastName: { required: true, minLength: 1, maxLength: 50 },
  middleName: {},
  honorificPrefix: {},
  honorificSuffix: {},
  title: {},
  displayName: {},
  nickName: {},
  profileUrl: { format: "uri" },
  primaryPhone: { maxLength: 100 },
  mobilePhone: { maxLength: 100 },
  streetAddress: { maxLength: 1024 },
  city: { maxLength: 128 },
  state: { maxLength: 128 },
  zipCode: { maxLength: 50 },
  countryCode: { maxLength: 2, format: "country-code" },
  postalAddress: { maxLength: 4096 },
  preferredLanguage: { format: "language-code" },
  locale: { format: "locale" },
  timezone: { format: "timezone" },
  userType: {},
  employeeNumber: {},
  costCenter: {},
  organization: {},
  division: {},
  department: {},
  managerId: {},
  manager: {},
};

/**
 * Okta's 31 documented base attributes with their limits, for work without an org.
 *
 * Custom attributes can't be judged by it, and an org may have set other limits.
 *
 * @see docs/okta/schema.md#base-attributes
 */
export function builtInSchema(): DirectorySchema {
  const attributes = new Map<string, AttributeSchema>();
  for (const [name, limits] of Object.entries(BASE_ATTRIBUTES)) {
    attributes.set(name, { name, type: "string", required: false, custom: false, ...limits });
  }
  return { origin: "built-in", attributes, loginPattern: null };
}
