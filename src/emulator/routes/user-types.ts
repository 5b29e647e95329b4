import { isRecord } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import {
  alreadyExists,
  malformedBody,
  notFound,
  OrgRefusal,
  validationFailed,
} from "../org/org-refusal.ts";
import type { UserType } from "../org/user-types.ts";
import {
  type Answer,
  bodyOf,
  EMPTY_ANSWER,
  jsonAnswer,
  parameterOf,
  type RoutedCall,
} from "./call.ts";

const NAME = /^[A-Za-z]\w*$/;
/** The default one, and nine more. */
const MOST_TYPES = 10;

/** `GET /api/v1/meta/types/user`. @see docs/okta/schema.md#user-types */
export function listUserTypes(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(JSON.stringify(org.types.all().map((type) => shown(org, type, call.origin))));
}

/** `POST /api/v1/meta/types/user`. */
export function createUserType(org: Org, call: RoutedCall): Answer {
  const { name, displayName, description } = textsOf(call);
  if (name === undefined || !NAME.test(name)) {
    throw validationFailed("name", "name: Must be a letter, then letters, digits and underscores");
  }
  if (displayName === undefined || displayName === "") throw blank("displayName");
  const known = org.types.all();
  if (known.some((type) => type.name.toLowerCase() === name.toLowerCase())) {
    throw alreadyExists("name");
  }
  if (known.length >= MOST_TYPES) {
    throw validationFailed("userType", `An org has no more than ${MOST_TYPES} user types`);
  }
  const parts = { name, displayName, description: description ?? "", createdAt: org.now() };
  return answerWith(org, org.types.add(parts), call);
}

/** `GET /api/v1/meta/types/user/{typeId}`. */
export function getUserType(org: Org, call: RoutedCall): Answer {
  return answerWith(org, typeOf(org, call), call);
}

/** `POST /api/v1/meta/types/user/{typeId}`: changes what is named, but never the name. */
export function patchUserType(org: Org, call: RoutedCall): Answer {
  return rename(org, call, textsOf(call));
}

/** `PUT /api/v1/meta/types/user/{typeId}`: everything must be named. */
export function replaceUserType(org: Org, call: RoutedCall): Answer {
  const texts = textsOf(call);
  for (const name of ["name", "displayName", "description"] as const) {
    if (texts[name] === undefined) throw blank(name);
  }
  return rename(org, call, texts);
}

/** `DELETE /api/v1/meta/types/user/{typeId}`, where no user has it. */
export function deleteUserType(org: Org, call: RoutedCall): Answer {
  const type = typeOf(org, call);
  if (type === org.types.default) throw kept("The default user type can't be deleted");
  for (const user of org.users.from(0)) {
    if (user.type === type) throw kept("The user type is assigned to users");
  }
  org.types.delete(type);
  return EMPTY_ANSWER;
}

/** The type that a user's `type` names; undefined without one. @throws {OrgRefusal} 404 when there is none */
export function readType(org: Org, given: unknown): UserType | undefined {
  if (given === undefined || given === null) return undefined;
  const id = isRecord(given) ? given["id"] : undefined;
  if (typeof id !== "string") throw malformedBody();
  const type = org.types.byId(id);
  if (type === undefined) throw notFound(id, "UserType");
  return type;
}

function typeOf(org: Org, call: RoutedCall): UserType {
  const id = parameterOf(call, 0);
  const type = org.types.byId(id);
  if (type === undefined) throw notFound(id, "UserType");
  return type;
}

type Texts = Partial<Record<"name" | "displayName" | "description", string>>;

function textsOf(call: RoutedCall): Texts {
  const body = bodyOf(call);
  const texts: Record<string, string> = {};
  for (const name of ["name", "displayName", "description"]) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") throw malformedBody();
    texts[name] = value;
  }
  return texts;
}

function rename(org: Org, call: RoutedCall, texts: Texts): Answer {
  const type = typeOf(org, call);
  if (texts.name !== undefined && texts.name !== type.name) {
    throw validationFailed("name", "name: The name of a user type can't be changed");
  }
  if (texts.displayName === "") throw blank("displayName");
  type.displayName = texts.displayName ?? type.displayName;
  type.description = texts.description ?? type.description;
  type.lastUpdatedAt = org.now();
  return answerWith(org, type, call);
}

function blank(name: string): OrgRefusal {
  return validationFailed(name, `${name}: The field cannot be left blank`);
}

function kept(cause: string): OrgRefusal {
  const summary = "You do not have permission to perform the requested action";
  return new OrgRefusal(403, "E0000006", summary, [cause]);
}

function answerWith(org: Org, type: UserType, call: RoutedCall): Answer {
  return jsonAnswer(JSON.stringify(shown(org, type, call.origin)));
}

function shown(org: Org, type: UserType, origin: string): object {
  const base = `${origin}/api/v1/meta`;
  return {
    id: type.id,
    displayName: type.displayName,
    name: type.name,
    description: type.description,
    createdBy: org.id,
    lastUpdatedBy: org.id,
    created: org.isoOf(type.createdAt),
    lastUpdated: org.isoOf(type.lastUpdatedAt),
    default: type === org.types.default,
    _links: {
      self: { href: `${base}/types/user/${type.id}`, rel: "self" },
      schema: { href: `${base}/schemas/user/${type.schemaId}`, rel: "schema" },
    },
  };
}
