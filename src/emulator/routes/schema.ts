import { isRecord } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { malformedBody, notFound } from "../org/org-refusal.ts";
import type { JsonObject } from "../org/json.ts";
import { type Answer, bodyOf, jsonAnswer, parameterOf, type RoutedCall } from "./call.ts";

/** `GET /api/v1/meta/schemas/user/{schemaId}`. @see docs/okta/schema.md#read */
export function getSchema(org: Org, call: RoutedCall): Answer {
  const id = parameterOf(call, 0);
  if (id !== "default" && id !== org.schemaId) throw notFound(id, "UserSchema");
  const href = `${call.origin}/api/v1/meta/schemas/user/${id}`;
  const created = org.isoOf(0);
  const body = {
    id: href,
    $schema: "http://json-schema.org/draft-04/schema#",
    name: "user",
    title: "User",
    description: "Okta user profile template with default permission settings",
    lastUpdated: created,
    created,
    definitions: {
      base: subschema("#base", org.schema.base),
      custom: subschema("#custom", org.schema.custom),
    },
    type: "object",
    properties: {
      profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] },
    },
    _links: {
      self: { href, method: "GET", rel: "self" },
      type: { href: `${call.origin}/api/v1/meta/types/user/${org.typeId}`, rel: "type" },
    },
  };
  return jsonAnswer(JSON.stringify(body));
}

/** `POST /api/v1/meta/schemas/user/{schemaId}`: adds, changes or (by null) removes attributes. */
export function changeSchema(org: Org, call: RoutedCall): Answer {
  const { definitions } = bodyOf(call);
  if (!isRecord(definitions)) throw malformedBody();
  org.schema.change(definitions);
  return getSchema(org, call);
}

/** `GET /api/v1/meta/types/user`. */
export function listUserTypes(org: Org, call: RoutedCall): Answer {
  const created = org.isoOf(0);
  const base = `${call.origin}/api/v1/meta`;
  const type = {
    id: org.typeId,
    displayName: "User",
    name: "user",
    description: "Okta user profile template with default permission settings",
    createdBy: org.id,
    lastUpdatedBy: org.id,
    created,
    lastUpdated: created,
    default: true,
    _links: {
      self: { href: `${base}/types/user/${org.typeId}`, rel: "self" },
      schema: { href: `${base}/schemas/user/${org.schemaId}`, rel: "schema" },
    },
  };
  return jsonAnswer(JSON.stringify([type]));
}

function subschema(id: string, properties: Readonly<Record<string, JsonObject>>): JsonObject {
  const required = Object.keys(properties).filter(
    (name) => properties[name]?.["required"] === true,
  );
  return { id, type: "object", properties, required };
}
