import { isRecord } from "../org/json.ts";
import { OrgRefusal } from "../org/org-refusal.ts";

/** What a filter looks at: all values at a path, several where it leads through a list. */
export type Look = (path: string) => readonly unknown[];

/** Whether an event passes. */
export type LogFilter = (look: Look) => boolean;

const TOKEN = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|([^\s()"]+))/y;
const OPERATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"] as const;
type Operator = (typeof OPERATORS)[number];

/** First parts of the paths that there are. */
const FIELDS = new Set([
  "actor",
  "authenticationContext",
  "client",
  "debugContext",
  "displayMessage",
  "eventType",
  "outcome",
  "request",
  "securityContext",
  "severity",
  "target",
  "transaction",
  "uuid",
  "version",
]);

/**
 * Reads a filter: conditions, joined by `and`, `or`, `not` and parentheses. Names may be written with
 * underscores.
 *
 * @throws {OrgRefusal} 400 `E0000053` when it is none
 * @see docs/okta/system-log.md#query
 */
export function parseLogFilter(text: string): LogFilter {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string => tokens[at]?.toLowerCase() ?? "";
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw invalid(`Invalid filter '${text}': it ends too soon`);
    at += 1;
    return token;
  };
  const joined = (word: "or" | "and", part: () => LogFilter): LogFilter => {
    const parts = [part()];
    while (peek() === word) {
      take();
      parts.push(part());
    }
    if (word === "or") return (look) => parts.some((passes) => passes(look));
    return (look) => parts.every((passes) => passes(look));
  };
  const any = (): LogFilter => joined("or", () => joined("and", one));
  const one = (): LogFilter => {
    if (peek() === "not") {
      take();
      const negated = one();
      return (look) => !negated(look);
    }
    if (peek() !== "(") return condition(take(), take(), take);
    take();
    const inner = any();
    if (take() !== ")") throw invalid(`Invalid filter '${text}': a parenthesis stays open`);
    return inner;
  };
  const filter = any();
  if (at < tokens.length) throw invalid(`Invalid filter '${text}': unexpected '${take()}'`);
  return filter;
}

/** All values at a path of an event; members are told apart by dots, lists are walked through. */
export function valuesAt(event: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [event];
  for (const step of path.split(".")) {
    found = found.flatMap((value) => (isRecord(value) ? [value[step]].flat() : []));
  }
  return found.filter((value) => value !== undefined && value !== null);
}

function condition(name: string, operatorText: string, take: () => string): LogFilter {
  const path = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (!FIELDS.has(path.split(".")[0] ?? "")) throw invalid(`field is not valid: ${name}`);
  const operator = OPERATORS.find((known) => known === operatorText.toLowerCase());
  if (operator === undefined) {
    const known = OPERATORS.join();
    throw invalid(`Unrecognized attribute operator '${operatorText}'. Expected: ${known}`);
  }
  if (operator === "pr") return (look) => look(path).length > 0;
  const wanted = literalOf(take());
  if (operator === "ne") return (look) => !look(path).some((value) => holds("eq", value, wanted));
  return (look) => look(path).some((value) => holds(operator, value, wanted));
}

function holds(operator: Exclude<Operator, "ne" | "pr">, value: unknown, wanted: string): boolean {
  const found = typeof value === "string" ? value : JSON.stringify(value);
  switch (operator) {
    case "eq":
      return found === wanted;
    case "co":
      return found.includes(wanted);
    case "sw":
      return found.startsWith(wanted);
    case "ew":
      return found.endsWith(wanted);
    case "gt":
      return found > wanted;
    case "ge":
      return found >= wanted;
    case "lt":
      return found < wanted;
    case "le":
      return found <= wanted;
  }
}

function literalOf(token: string): string {
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(token)) return token;
  try {
    const value: unknown = JSON.parse(token);
    if (typeof value === "string") return value;
  } catch {
    // Said below.
  }
  throw invalid(`Invalid filter: a value in double quotes is expected instead of '${token}'`);
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const match = TOKEN.exec(text);
    if (match === null) throw invalid(`Invalid filter '${text}'`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

function invalid(summary: string): OrgRefusal {
  return new OrgRefusal(400, "E0000053", summary);
}
