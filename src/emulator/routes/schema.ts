import { isRecord, type JsonObject } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { malformedBody, notFound } from "../org/org-refusal.ts";
import { recountUniqueValues } from "../org/unique-values.ts";
import type { UserType } from "../org/user-types.ts";
import { type Answer, bodyOf, jsonAnswer, parameterOf, type RoutedCall } from "./call.ts";

/** `GET /api/v1/meta/schemas/user/{schemaId}`. @see docs/okta/schema.md#read */
export function getSchema(org: Org, call: RoutedCall): Answer {
  return answerWith(org, typeOf(org, call), call);
}

/**
 * `POST /api/v1/meta/schemas/user/{schemaId}`: adds, changes or (by null) removes attributes.
 *
 * Whether an attribute that was there can become unique is found out at once; the answer says all the
 * same that it is being looked at, as Okta's does. @see docs/okta/schema.md#unique
 */
export function changeSchema(org: Org, call: RoutedCall): Answer {
  const type = typeOf(org, call);
  const { definitions } = bodyOf(call);
  if (!isRecord(definitions)) throw malformedBody();
  const { schema } = type;
  const known = new Set(Object.keys(schema.custom));
  const before = schema.unique;
  schema.change(definitions);
  type.schemaUpdatedAt = org.now();
  const pending = schema.unique.filter((name) => known.has(name) && !before.includes(name));
  const isSame = schema.unique.join() === before.join();
  if (!isSame) recountUniqueValues(org, type);
  return answerWith(org, type, call, pending);
}

function typeOf(org: Org, call: RoutedCall): UserType {
  const id = parameterOf(call, 0);
  const type = org.types.bySchemaId(id);
  if (type === undefined) throw notFound(id, "UserSchema");
  return type;
}

function answerWith(
  org: Org,
  type: UserType,
  call: RoutedCall,
  pending: readonly string[] = [],
): Answer {
  const href = `${call.origin}/api/v1/meta/schemas/user/${parameterOf(call, 0)}`;
  const custom: Record<string, JsonObject> = { ...type.schema.custom };
  for (const name of pending) custom[name] = { ...custom[name], unique: "PENDING_UNIQUENESS" };
  const body = {
    id: href,
    $schema: "http://json-schema.org/draft-04/schema#",
    name: type.name,
    title: type.displayName,
    description: type.description,
    lastUpdated: org.isoOf(type.schemaUpdatedAt),
    created: org.isoOf(type.createdAt),
    definitions: {
      base: subschema("#base", type.schema.base),
      custom: subschema("#custom", custom),
    },
    type: "object",
    properties: {
      profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] },
    },
    _links: {
      self: { href, method: "GET", rel: "self" },
      type: { href: `${call.origin}/api/v1/meta/types/user/${type.id}`, rel: "type" },
    },
  };
  return jsonAnswer(JSON.stringify(body));
}

function subschema(id: string, properties: Readonly<Record<string, JsonObject>>): JsonObject {
  const required = Object.keys(properties).filter(
    (name) => properties[name]?.["required"] === true,
  );
  return { id, type: "object", properties, required };
}
