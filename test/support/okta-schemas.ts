import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** Whether a value is sent to Okta or comes from it: that decides what may be missing in it. */
export type Direction = "request" | "answer";

type Json = Readonly<Record<string, unknown>>;

const SCHEMAS = "#/components/schemas/";
/** No part of a JSON Schema, and often no valid one. */
const LEFT_OUT = /^(?:example|examples|default|discriminator|xml|externalDocs|nullable)$|^x-/;
const IGNORED_IN: Readonly<Record<Direction, string>> = {
  request: "readOnly",
  answer: "writeOnly",
};

/** The schemas of one OpenAPI 3.0 document, to hold values against. */
export class OktaSchemas {
  readonly #document: Json;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  readonly #compiled = new Map<Direction, WeakMap<object, ValidateFunction>>();

  /** @param document as it was published */
  constructor(document: Json) {
    this.#document = document;
    addFormats.default(this.#ajv);
  }

  /**
   * What is wrong with a value, each fault with its place and never with the value itself; empty
   * when it is as described. Also told is a member that the description does not know, unless it
   * allows others: a misspelt one would pass otherwise.
   */
  faultsOf(schema: unknown, value: unknown, direction: Direction): readonly string[] {
    const faults: string[] = [];
    this.#validate(schema, value, { direction, at: "", faults });
    this.#walk([schema], value, { direction, at: "", faults });
    return [...new Set(faults)];
  }

  /** What a reference leads to, or the node itself where it is none. */
  resolve(node: unknown): Json {
    let found = node;
    while (isObject(found) && typeof found["$ref"] === "string") {
      const path = found["$ref"].slice("#/".length).split("/");
      found = path.reduce<unknown>((at, key) => memberOf(at, key), this.#document);
    }
    return isObject(found) ? found : {};
  }

  #validate(schema: unknown, value: unknown, place: Place): void {
    if (!isObject(schema)) return;
    const validate = this.#compile(schema, place.direction);
    if (validate(value)) return;
    for (const { instancePath, message, keyword } of validate.errors ?? []) {
      place.faults.push(`${place.at}${instancePath || "/"} ${message ?? keyword}`);
    }
  }

  #compile(schema: Json, direction: Direction): ValidateFunction {
    const compiled = this.#compiled.get(direction) ?? new WeakMap<object, ValidateFunction>();
    this.#compiled.set(direction, compiled);
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const schemas = this.#namedIn(schema, direction);
    const whole = { ...(sanitised(schema, direction) as object), components: { schemas } };
    const validate = this.#ajv.compile(whole);
    compiled.set(schema, validate);
    return validate;
  }

  /** All named schemas that a schema is made of. */
  #namedIn(schema: Json, direction: Direction): Json {
    const named: Record<string, unknown> = {};
    const waiting: unknown[] = [schema];
    while (waiting.length > 0) {
      const node = waiting.pop();
      if (typeof node !== "object" || node === null) continue;
      const reference = memberOf(node, "$ref");
      const name = typeof reference === "string" ? reference.slice(SCHEMAS.length) : undefined;
      if (name !== undefined && !(name in named)) {
        const found = this.resolve(node);
        named[name] = sanitised(found, direction);
        waiting.push(found);
      }
      waiting.push(...Object.values<unknown>(node as Json));
    }
    return named;
  }

  /** Goes down a value beside all schemas that speak of it. */
  #walk(schemas: readonly unknown[], value: unknown, place: Place): void {
    const parts = this.#partsOf(schemas, value, place);
    if (Array.isArray(value)) {
      const items = parts.map((part) => part["items"]).filter(isObject);
      for (const [index, item] of value.entries()) {
        this.#walk(items, item, { ...place, at: `${place.at}/${index}` });
      }
      return;
    }
    if (!isObject(value)) return;
    const properties = parts.map((part) => part["properties"]).filter(isObject);
    const others = parts.map((part) => part["additionalProperties"]).filter(Boolean);
    for (const [name, member] of Object.entries(value)) {
      const at = `${place.at}/${name}`;
      const described = properties.filter((all) => name in all).map((all) => all[name]);
      if (described.length > 0) this.#walk(described, member, { ...place, at });
      else if (others.length > 0) this.#walk(others.filter(isObject), member, { ...place, at });
      else if (properties.length > 0) place.faults.push(`${at} is not described`);
      const isIgnored = described.some((one) => this.resolve(one)[IGNORED_IN[place.direction]]);
      if (isIgnored) place.faults.push(`${at} is ${IGNORED_IN[place.direction]}`);
    }
  }

  /** The schemas with all that they are made of; a discriminator's choice is validated here. */
  #partsOf(schemas: readonly unknown[], value: unknown, place: Place): readonly Json[] {
    const parts = new Set<Json>();
    const waiting = [...schemas];
    while (waiting.length > 0) {
      const part = this.resolve(waiting.pop());
      if (parts.has(part)) continue;
      parts.add(part);
      for (const key of ["allOf", "anyOf", "oneOf"]) {
        const more = part[key];
        if (Array.isArray(more)) waiting.push(...(more as readonly unknown[]));
      }
      const { discriminator } = part;
      const choice = memberOf(value, String(memberOf(discriminator, "propertyName")));
      const chosen = memberOf(memberOf(discriminator, "mapping"), String(choice));
      if (typeof chosen !== "string") continue;
      const schema = { $ref: chosen };
      if (!parts.has(this.resolve(schema))) this.#validate(schema, value, place);
      waiting.push(schema);
    }
    return [...parts];
  }
}

interface Place {
  readonly direction: Direction;
  /** Where in the value. */
  readonly at: string;
  readonly faults: string[];
}

/** Turns OpenAPI 3.0 into JSON Schema as ajv reads it, and leaves out what is no schema. */
function sanitised(node: unknown, direction: Direction): unknown {
  if (Array.isArray(node)) return node.map((member: unknown) => sanitised(member, direction));
  if (!isObject(node)) return node;
  const members: [string, unknown][] = [];
  for (const [name, value] of Object.entries(node)) {
    // A property may be called so: then its value is a schema.
    if (LEFT_OUT.test(name) && (name.startsWith("x-") || !isSchema(value))) continue;
    // Alternatives overlap where the description leaves much open: more than one may fit.
    members.push([name === "oneOf" ? "anyOf" : name, sanitised(value, direction)]);
  }
  const schema = Object.fromEntries(members);
  const { required, properties, type, enum: values } = schema;
  if (Array.isArray(required)) {
    schema["required"] = (required as readonly string[]).filter(
      (name) => memberOf(memberOf(properties, name), IGNORED_IN[direction]) !== true,
    );
  }
  if (node["nullable"] !== true) return schema;
  if (typeof type === "string") schema["type"] = [type, "null"];
  if (Array.isArray(values)) schema["enum"] = [...(values as readonly unknown[]), null];
  return schema;
}

function isSchema(value: unknown): boolean {
  return ["type", "$ref", "allOf", "anyOf", "oneOf"].some((key) => {
    const found = memberOf(value, key);
    return typeof found === "string" || Array.isArray(found);
  });
}

function memberOf(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
