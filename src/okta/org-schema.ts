import type { AttributeSchema, AttributeType, DirectorySchema } from "../core/index.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "./transport.ts";

/** Asks for the attributes of the default user type. @see docs/okta/schema.md#read */
export const SCHEMA_REQUEST: OrgRequest = schemaRequest("default");

/** Asks for the attributes of the user type that has the schema of this id. */
export function schemaRequest(schemaId: string): OrgRequest {
  return {
    method: "GET",
    route: "/api/v1/meta/schemas/user/{id}",
    path: `/api/v1/meta/schemas/user/${schemaId}`,
    maxBodyBytes: LIST_BODY_BYTES,
  };
}

type Json = Readonly<Record<string, unknown>>;

const TYPES: ReadonlySet<string> = new Set(["string", "boolean", "number", "integer", "array"]);

/**
 * Reads an org's user schema, base and custom attributes alike; undefined when it is none. An
 * attribute of a type that we do not know is taken for text.
 *
 * Only `mutability: READ_ONLY` makes an attribute read-only: `master` says where values come from
 * for users of other sources, and `permissions` what users may do to their own profile.
 *
 * @see docs/okta/schema.md#base-attributes
 */
export function readDirectorySchema(body: unknown): DirectorySchema | undefined {
  const definitions = objectAt(body, "definitions");
  const base = objectAt(definitions, "base");
  const login = objectAt(objectAt(base, "properties"), "login");
  if (login === undefined) return undefined;
  const attributes = new Map<string, AttributeSchema>();
  addAttributes(attributes, base, "base");
  addAttributes(attributes, objectAt(definitions, "custom"), "custom");
  const pattern = login["pattern"];
  return {
    origin: "org",
    attributes,
    loginPattern: typeof pattern === "string" ? pattern : null,
  };
}

function addAttributes(
  attributes: Map<string, AttributeSchema>,
  definition: Json | undefined,
  part: "base" | "custom",
): void {
  const required = definition?.["required"];
  const requiredNames: ReadonlySet<unknown> = new Set(Array.isArray(required) ? required : []);
  for (const [name, value] of Object.entries(objectAt(definition, "properties") ?? {})) {
    if (!isObject(value)) continue;
    const isRequired = value["required"] === true || requiredNames.has(name);
    attributes.set(name, readAttribute(name, value, isRequired, part));
  }
}

function readAttribute(
  name: string,
  value: Json,
  required: boolean,
  part: "base" | "custom",
): AttributeSchema {
  const type = readType(value["type"]) ?? "string";
  const items = objectAt(value, "items");
  const itemType = readType(items?.["type"]) ?? "string";
  const minLength = readCount(value["minLength"]);
  const maxLength = readCount(value["maxLength"]);
  const choices = readChoices(value) ?? (items === undefined ? undefined : readChoices(items));
  const { format, pattern } = value;
  return {
    name,
    type,
    ...(type === "array" && itemType !== "array" ? { itemType } : {}),
    required,
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(choices === undefined ? {} : { enum: choices }),
    ...(typeof format === "string" ? { format } : {}),
    ...(typeof pattern === "string" ? { pattern } : {}),
    ...(value["mutability"] === "READ_ONLY" ? { readOnly: true } : {}),
    ...(isUnique(value["unique"]) ? { unique: true } : {}),
    custom: part === "custom",
  };
}

/** @see docs/okta/schema.md#unique */
function isUnique(unique: unknown): boolean {
  return unique === true || unique === "UNIQUE_VALIDATED" || unique === "PENDING_UNIQUENESS";
}

function readChoices(value: Json): readonly (string | number)[] | undefined {
  const { enum: listed, oneOf } = value;
  const choices: readonly unknown[] = Array.isArray(listed)
    ? (listed as readonly unknown[])
    : Array.isArray(oneOf)
      ? oneOf.map((choice: unknown) => (isObject(choice) ? choice["const"] : undefined))
      : [];
  const known = choices.filter(
    (choice) => typeof choice === "string" || typeof choice === "number",
  );
  return known.length === 0 ? undefined : known;
}

function readType(value: unknown): AttributeType | undefined {
  return typeof value === "string" && TYPES.has(value) ? (value as AttributeType) : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function objectAt(value: unknown, key: string): Json | undefined {
  if (!isObject(value)) return undefined;
  const inner = value[key];
  return isObject(inner) ? inner : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
