import { isRecord, type JsonObject } from "./json.ts";
import { validationFailed } from "./org-refusal.ts";

/** What an attribute of the profile may hold, ready for checking. */
export interface AttributeRule {
  readonly name: string;
  readonly type: string;
  readonly itemType: string;
  readonly required: boolean;
  readonly minLength: number;
  readonly maxLength: number;
  readonly format: string | undefined;
  readonly enum: readonly unknown[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly unique: boolean;
  readonly readOnly: boolean;
}

const MAX_UNIQUE = 5;
const TYPES: ReadonlySet<unknown> = new Set(["string", "boolean", "number", "integer", "array"]);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The 31 base attributes: title, and limits where there are any. @see docs/okta/schema.md#base-attributes */
const BASE: Readonly<Record<string, JsonObject>> = {
  login: { title: "Username", required: true, minLength: 5, maxLength: 100 },
  firstName: { title: "First name", required: true, minLength: 1, maxLength: 50 },
  lastName: { title: "Last name", required: true, minLength: 1, maxLength: 50 },
  middleName: { title: "Middle name" },
  honorificPrefix: { title: "Honorific prefix" },
  honorificSuffix: { title: "Honorific suffix" },
  email: { title: "Primary email", required: true, format: "email", minLength: 5, maxLength: 100 },
  title: { title: "Title" },
  displayName: { title: "Display name" },
  nickName: { title: "Nickname" },
  profileUrl: { title: "Profile Url", format: "uri" },
  secondEmail: { title: "Secondary email", format: "email", maxLength: 100 },
  mobilePhone: { title: "Mobile phone", maxLength: 100 },
  primaryPhone: { title: "Primary phone", maxLength: 100 },
  streetAddress: { title: "Street address", maxLength: 1024 },
  city: { title: "City", maxLength: 128 },
  state: { title: "State", maxLength: 128 },
  zipCode: { title: "Zip code", maxLength: 50 },
  countryCode: { title: "Country code", format: "country-code", maxLength: 2 },
  postalAddress: { title: "Postal Address", maxLength: 4096 },
  preferredLanguage: { title: "Preferred language", format: "language-code" },
  locale: { title: "Locale", format: "locale" },
  timezone: { title: "Time zone", format: "timezone" },
  userType: { title: "User type" },
  employeeNumber: { title: "Employee number" },
  costCenter: { title: "Cost center" },
  organization: { title: "Organization" },
  division: { title: "Division" },
  department: { title: "Department" },
  managerId: { title: "ManagerId" },
  manager: { title: "Manager" },
};

/** The attributes that users of the org may have: Okta's base ones and what was added to them. */
export class UserSchema {
  readonly base: Record<string, JsonObject> = {};
  readonly custom: Record<string, JsonObject> = {};
  #rules: ReadonlyMap<string, AttributeRule> = new Map();
  #required: readonly AttributeRule[] = [];
  #unique: readonly string[] = [];

  /** @param like whose attributes it has at first; without it, Okta's base ones */
  constructor(like?: UserSchema) {
    if (like === undefined) {
      for (const [name, attribute] of Object.entries(BASE)) {
        this.base[name] = completed({ type: "string", ...attribute });
      }
    } else {
      Object.assign(this.base, like.base);
      Object.assign(this.custom, like.custom);
    }
    this.#compile();
  }

  /** Every attribute by name. */
  get rules(): ReadonlyMap<string, AttributeRule> {
    return this.#rules;
  }

  /** Those that no user can be without. */
  get required(): readonly AttributeRule[] {
    return this.#required;
  }

  /** Names of the attributes whose values no two users may share, besides the login. */
  get unique(): readonly string[] {
    return this.#unique;
  }

  /** What a login must look like; undefined: an e-mail address. */
  get loginPattern(): RegExp | undefined {
    return this.#rules.get("login")?.pattern;
  }

  /**
   * Adds, changes and (by `null`) removes custom attributes; of the base ones only the login's
   * pattern and whether a name is required can be changed.
   *
   * @throws {OrgRefusal} when an attribute is none
   */
  change(definitions: JsonObject): void {
    const custom = propertiesOf(definitions["custom"]);
    for (const [name, attribute] of Object.entries(custom)) this.#checkCustom(name, attribute);
    this.#checkUniqueness(custom);
    for (const [name, attribute] of Object.entries(propertiesOf(definitions["base"]))) {
      this.#changeBase(name, attribute);
    }
    for (const [name, attribute] of Object.entries(custom)) {
      if (isRecord(attribute)) this.custom[name] = withUniqueness(completed(attribute));
      else delete this.custom[name];
    }
    this.#compile();
  }

  /** Two users may have one value of a custom attribute from now on. */
  endUniqueness(name: string): void {
    const { unique: _, ...rest } = this.custom[name] ?? {};
    this.custom[name] = rest;
    this.#compile();
  }

  /** Puts the attributes in the place of those that it has. */
  restore({ base, custom }: Pick<UserSchema, "base" | "custom">): void {
    for (const name of Object.keys(this.custom)) delete this.custom[name];
    Object.assign(this.base, base);
    Object.assign(this.custom, custom);
    this.#compile();
  }

  #checkUniqueness(changes: JsonObject): void {
    const unique = Object.entries({ ...this.custom, ...changes }).filter(
      ([, attribute]) => isRecord(attribute) && isUnique(attribute),
    );
    if (unique.length > MAX_UNIQUE) {
      throw validationFailed("definitions", `No more than ${MAX_UNIQUE} attributes can be unique`);
    }
  }

  #checkCustom(name: string, attribute: unknown): void {
    if (name in this.base || !NAME.test(name)) {
      throw validationFailed("definitions", `${name}: not a name for a custom attribute`);
    }
    if (attribute === null) return;
    const twin = [...Object.keys(this.base), ...Object.keys(this.custom)].find(
      (other) => other !== name && other.toLowerCase() === name.toLowerCase(),
    );
    if (twin !== undefined) {
      throw validationFailed("definitions", `${name}: differs from ${twin} by its case only`);
    }
    if (!isRecord(attribute) || !TYPES.has(attribute["type"])) {
      throw validationFailed("definitions", `${name}: a custom attribute needs a type`);
    }
    checkPattern(name, attribute);
  }

  #changeBase(name: string, attribute: unknown): void {
    const known = this.base[name];
    if (known === undefined || !isRecord(attribute)) {
      throw validationFailed("definitions", `${name}: not a base attribute`);
    }
    checkPattern(name, attribute);
    const changed: Record<string, unknown> = { ...known };
    if (name === "login" && "pattern" in attribute) changed["pattern"] = attribute["pattern"];
    if ((name === "firstName" || name === "lastName") && "required" in attribute) {
      changed["required"] = attribute["required"] === true;
    }
    this.base[name] = changed;
  }

  #compile(): void {
    const all = Object.entries({ ...this.base, ...this.custom });
    this.#rules = new Map(all.map(([name, attribute]) => [name, compiled(name, attribute)]));
    const rules = [...this.#rules.values()];
    this.#required = rules.filter((rule) => rule.required);
    this.#unique = rules.filter((rule) => rule.unique).map((rule) => rule.name);
  }
}

function checkPattern(name: string, { pattern }: JsonObject): void {
  if (typeof pattern !== "string") return;
  try {
    void new RegExp(pattern, "u");
  } catch {
    throw validationFailed("definitions", `${name}: the pattern is no regular expression`);
  }
}

function propertiesOf(subschema: unknown): JsonObject {
  const properties = isRecord(subschema) ? subschema["properties"] : undefined;
  return isRecord(properties) ? properties : {};
}

function completed(attribute: JsonObject): JsonObject {
  return {
    required: false,
    mutability: "READ_WRITE",
    scope: "NONE",
    permissions: [{ principal: "SELF", action: "READ_WRITE" }],
    master: { type: "PROFILE_MASTER" },
    ...attribute,
  };
}

/** With the word in which Okta shows that values are unique; without one where they need not be. */
function withUniqueness({ unique, ...attribute }: JsonObject): JsonObject {
  return isUnique({ unique }) ? { ...attribute, unique: "UNIQUE_VALIDATED" } : attribute;
}

function isUnique({ unique }: JsonObject): boolean {
  return unique === true || unique === "UNIQUE_VALIDATED";
}

function compiled(name: string, attribute: JsonObject): AttributeRule {
  const { type, minLength, maxLength, format, pattern, items } = attribute;
  const values = attribute["enum"];
  return {
    name,
    type: typeof type === "string" ? type : "string",
    itemType: isRecord(items) && typeof items["type"] === "string" ? items["type"] : "string",
    required: attribute["required"] === true,
    minLength: typeof minLength === "number" ? minLength : 0,
    maxLength: typeof maxLength === "number" ? maxLength : Number.POSITIVE_INFINITY,
    format: typeof format === "string" ? format : undefined,
    enum: Array.isArray(values) ? values : undefined,
    pattern: typeof pattern === "string" ? new RegExp(`^(?:${pattern})$`, "u") : undefined,
    unique: isUnique(attribute),
    readOnly: attribute["mutability"] === "READ_ONLY",
  };
}
