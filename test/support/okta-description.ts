import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readLargeDocument } from "./lazy-yaml.ts";
import { KNOWN_WRONG, SCHEMAS_BESIDE } from "./okta-description-gaps.ts";
import { OktaSchemas } from "./okta-schemas.ts";

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly request: Message;
  readonly answer: Message & { readonly status: number };
}

/** A body, and what it says it is written in. */
export interface Message {
  readonly type: string | undefined;
  readonly body: string;
}

/** Okta's own description of its API: what may be sent, and what may be answered. */
export interface OktaDescription {
  /** Whether it has an operation for a method and a path. */
  knows(method: string, path: string): boolean;
  /** What is wrong with a request; empty when it is as described. */
  faultsOfRequest(exchange: Exchange): readonly string[];
  /** What is wrong with an answer; empty when it is as described. */
  faultsOfAnswer(exchange: Exchange): readonly string[];
}

/** What is said where the description is not there. */
export const WHERE_IT_IS =
  "name its files in OKTA_OPENAPI and OKTA_OAUTH_OPENAPI: management-minimal.yaml and oauth-minimal.yaml " +
  "of https://github.com/okta/okta-management-openapi-spec";

/** Okta's files are large and not part of the project. */
const FILES = [
  process.env["OKTA_OPENAPI"] ?? besideUs("management-2026.06.3.yaml"),
  process.env["OKTA_OAUTH_OPENAPI"] ?? besideUs("oauth-2026.06.3.yaml"),
];

function besideUs(name: string): string {
  return fileURLToPath(new URL(`../../../shared/okta/${name}`, import.meta.url));
}

/** Whether Okta's description is on this machine. */
export const HAS_DESCRIPTION = FILES.every((file) => existsSync(file));

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly method: string;
  readonly template: string;
  /** With the parameters of the whole path. */
  readonly description: Json;
  readonly schemas: OktaSchemas;
}

let loaded: OktaDescription | undefined;

/** Reads Okta's description, once. @throws {Error} where it is not there */
export function loadOktaDescription(): OktaDescription {
  loaded ??= describe(FILES.map((file) => readLargeDocument(readFileSync(file, "utf8"))));
  return loaded;
}

function describe(documents: readonly Json[]): OktaDescription {
  const items = documents.flatMap(pathsOf);
  const find = (method: string, path: string): Operation | undefined =>
    findOperation(items, method, path);
  return {
    knows: (method, path) => find(method, path) !== undefined,
    faultsOfRequest: (exchange) => {
      const operation = find(exchange.method, exchange.path);
      if (operation === undefined) return [`${nameOf(exchange)} is not described`];
      const faults = [
        ...queryFaults(operation, exchange),
        ...requestFaults(operation, exchange.request),
      ];
      return withoutKnown(operation, faults);
    },
    faultsOfAnswer: (exchange) => {
      const operation = find(exchange.method, exchange.path);
      if (operation !== undefined) {
        return withoutKnown(operation, answerFaults(operation, exchange.answer));
      }
      const beside = SCHEMAS_BESIDE[nameOf(exchange)];
      if (beside === undefined) return [`${nameOf(exchange)} is not described`];
      const schema = { $ref: `#/components/schemas/${beside}` };
      const owner = items.find(({ schemas }) => Object.keys(schemas.resolve(schema)).length > 0);
      return (
        owner?.schemas.faultsOf(schema, jsonOf(exchange.answer.body), "answer") ?? ["no schema"]
      );
    },
  };
}

/** One path of a document, whose operations are not looked at yet. */
interface PathItem {
  readonly template: string;
  readonly segments: readonly string[];
  readonly paths: Json;
  readonly schemas: OktaSchemas;
}

function pathsOf(document: Json): readonly PathItem[] {
  const schemas = new OktaSchemas(document);
  const paths = objectAt(document, "paths");
  return Object.keys(paths).map((template) => {
    return { template, segments: template.split("/"), paths, schemas };
  });
}

/** Where several templates fit, the one with fewest parameters. */
function findOperation(
  items: readonly PathItem[],
  method: string,
  path: string,
): Operation | undefined {
  const sent = pathOf(path).split("/");
  const [item] = items
    .filter(
      ({ segments, paths, template }) =>
        segments.length === sent.length &&
        segments.every((expected, at) => isParameter(expected) || expected === sent[at]) &&
        method.toLowerCase() in objectAt(paths, template),
    )
    .toSorted((one, other) => parametersIn(one) - parametersIn(other));
  if (item === undefined) return undefined;
  const { template, schemas } = item;
  const whole = objectAt(item.paths, template);
  const operation = objectAt(whole, method.toLowerCase());
  const parameters = [...listAt(whole, "parameters"), ...listAt(operation, "parameters")];
  return { method, template, description: { ...operation, parameters }, schemas };
}

function parametersIn({ segments }: PathItem): number {
  return segments.filter(isParameter).length;
}

function withoutKnown(
  { method, template }: Operation,
  faults: readonly string[],
): readonly string[] {
  const known = KNOWN_WRONG.filter(({ operations }) =>
    operations.includes(`${method} ${template}`),
  );
  return faults.filter((one) => !known.some(({ fault }) => fault.test(one)));
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

function queryFaults({ description, schemas }: Operation, exchange: Exchange): string[] {
  const described = listAt(description, "parameters")
    .map((parameter) => schemas.resolve(parameter))
    .filter((parameter) => parameter["in"] === "query");
  const sent = new URLSearchParams(exchange.path.split("?")[1] ?? "");
  const faults: string[] = [];
  for (const [name, text] of sent) {
    const parameter = described.find((one) => one["name"] === name);
    if (parameter === undefined) {
      faults.push(`?${name} is not described`);
      continue;
    }
    const found = schemas.faultsOf(
      parameter["schema"],
      readText(text, parameter, schemas),
      "request",
    );
    faults.push(...found.map((fault) => `?${name} ${fault}`));
  }
  for (const { name, required } of described) {
    if (required === true && !sent.has(String(name))) faults.push(`?${String(name)} is missing`);
  }
  return faults;
}

/** A value of the type that a parameter has, where the text is one. */
function readText(text: string, parameter: Json, schemas: OktaSchemas): unknown {
  const { type } = schemas.resolve(parameter["schema"]);
  if (type === "boolean" && /^(?:true|false)$/.test(text)) return text === "true";
  if ((type === "integer" || type === "number") && /^-?\d+$/.test(text)) return Number(text);
  return text;
}

function requestFaults({ description, schemas }: Operation, message: Message): readonly string[] {
  const described = schemas.resolve(description["requestBody"]);
  if (message.body === "") return described["required"] === true ? ["the body is missing"] : [];
  const content = objectAt(described, "content");
  const media = content[mediaType(message)];
  if (media === undefined) return [`a body in ${mediaType(message)} is not described`];
  const value = mediaType(message).endsWith("json")
    ? jsonOf(message.body)
    : Object.fromEntries(new URLSearchParams(message.body));
  return schemas.faultsOf((media as Json)["schema"], value, "request");
}

function answerFaults(
  { description, schemas }: Operation,
  answer: Exchange["answer"],
): readonly string[] {
  // A token that does not do is told in the header WWW-Authenticate alone: OAuth's way, seen at Okta.
  if ([400, 401, 403].includes(answer.status) && answer.body === "") return [];
  const responses = objectAt(description, "responses");
  const described = responses[answer.status] ?? responses["default"];
  const media = objectAt(schemas.resolve(described), "content")[mediaType(answer)];
  if (media !== undefined) {
    return schemas.faultsOf((media as Json)["schema"], jsonOf(answer.body), "answer");
  }
  // Okta lists but a few of its refusals: all of them have the same body.
  if (answer.status >= 400) return refusalFaults(schemas, answer);
  // Sending somebody's browser elsewhere is told in prose.
  if (answer.status === 302) return [];
  if (described === undefined) return [`status ${answer.status} is not described`];
  // Where Okta describes no content at all, its older reference shows an empty object.
  return ["", "{}"].includes(answer.body)
    ? []
    : [`a body in ${mediaType(answer)} is not described`];
}

function refusalFaults(schemas: OktaSchemas, answer: Message): readonly string[] {
  const body = jsonOf(answer.body);
  const isOAuth = typeof body === "object" && body !== null && "error" in body;
  const schema = { $ref: `#/components/schemas/${isOAuth ? "OAuthError" : "Error"}` };
  return schemas.faultsOf(schema, body, "answer");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mediaType({ type }: Message): string {
  return type?.split(";")[0]?.trim() ?? "no type";
}

function nameOf({ method, path }: Pick<Exchange, "method" | "path">): string {
  return `${method} ${pathOf(path)}`;
}

function pathOf(path: string): string {
  return path.split("?")[0] ?? "";
}

function objectAt(value: unknown, key: string): Json {
  const found = (value as Json | undefined)?.[key];
  return typeof found === "object" && found !== null ? (found as Json) : {};
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = (value as Json | undefined)?.[key];
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}
