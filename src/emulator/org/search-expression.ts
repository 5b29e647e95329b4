import { OrgRefusal } from "./org-refusal.ts";

/** How a condition compares. There is no `ne`. @see docs/okta/lookup.md#expressions */
export type Operator = "eq" | "sw" | "co" | "gt" | "ge" | "lt" | "le" | "pr";

/** What a condition compares with. */
export type Literal = string | number | boolean;

/** Attribute, operator, value; the value of `pr` is empty. */
export interface Condition {
  readonly attribute: string;
  readonly operator: Operator;
  readonly value: Literal;
}

/** What `search` or `filter` asks for. */
export type Expression =
  | Condition
  | { readonly joint: "and" | "or"; readonly terms: readonly Expression[] };

const OPERATORS: readonly string[] = ["eq", "sw", "co", "gt", "ge", "lt", "le", "pr"];
const TOKEN = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|([^\s()"]+))/y;
const ATTRIBUTE = /^[A-Za-z_][\w.]*$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Okta says that overly complex expressions are refused, and not where that begins. */
const DEEPEST = 50;

/**
 * Reads an expression: conditions, `and` before `or`, brackets. Operators may stand in any case.
 *
 * @throws {OrgRefusal} 400 `E0000031` for anything else, `not` included
 * @see docs/okta/lookup.md#expressions
 */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

/** Why the org does not take an expression. @param detail what the emulator adds to Okta's words */
export function invalidSearch(detail: string, cause = "Invalid search syntax."): OrgRefusal {
  return new OrgRefusal(400, "E0000031", "Invalid search criteria.", [cause, detail]);
}

/** What of a list can be searched by parts of text, and what by time. */
export interface SearchedKinds {
  /** Attributes that `co` is for. */
  readonly names: readonly string[];
  readonly instants: readonly string[];
}

/** What is wrong with an operator for the attribute that it stands with; undefined: nothing. */
export function operatorFault(
  { attribute, operator }: Condition,
  { names, instants }: SearchedKinds,
): string | undefined {
  if (operator === "co" && !names.includes(attribute)) return `co is for ${names.join(", ")} only`;
  return operator === "sw" && instants.includes(attribute)
    ? `${attribute} ${operator}: an instant has no beginning`
    : undefined;
}

/** What is wrong with a value that has to be a time; undefined: nothing. @param instantOf NaN for none */
export function instantFault(
  { attribute, operator, value }: Condition,
  { instants }: SearchedKinds,
  instantOf: (text: string) => number,
): string | undefined {
  if (operator === "pr" || !instants.includes(attribute)) return undefined;
  return Number.isNaN(instantOf(String(value)))
    ? `${attribute}: no instant as in 2013-06-01T00:00:00.000Z`
    : undefined;
}

/** All conditions of an expression. */
export function* conditionsOf(expression: Expression): IterableIterator<Condition> {
  if ("attribute" in expression) yield expression;
  else for (const term of expression.terms) yield* conditionsOf(term);
}

class Parser {
  readonly #tokens: readonly string[];
  #place = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const expression = this.#joined("or");
    const rest = this.#tokens[this.#place];
    if (rest !== undefined) throw invalidSearch(`Nothing is understood from ${rest} on`);
    return expression;
  }

  /** Terms of one joint; a term of `or` is what `and` joins. */
  #joined(joint: "and" | "or"): Expression {
    const terms: Expression[] = [];
    do {
      terms.push(joint === "or" ? this.#joined("and") : this.#single());
    } while (this.#takes(joint));
    const [only] = terms;
    return terms.length === 1 && only !== undefined ? only : { joint, terms };
  }

  #single(): Expression {
    if (!this.#takes("(")) return this.#condition();
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw invalidSearch(`Brackets are deeper than ${DEEPEST}`);
    const inner = this.#joined("or");
    this.#depth -= 1;
    if (!this.#takes(")")) throw invalidSearch("A bracket is not closed");
    return inner;
  }

  #condition(): Condition {
    const attribute = this.#next();
    const operator = this.#next().toLowerCase();
    if (!ATTRIBUTE.test(attribute) || !isOperator(operator)) {
      throw invalidSearch(
        `${attribute} ${operator}: a condition is an attribute and ${OPERATORS.join(", ")}`,
      );
    }
    return { attribute, operator, value: operator === "pr" ? "" : literalOf(this.#next()) };
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#place]?.toLowerCase() !== word) return false;
    this.#place += 1;
    return true;
  }

  #next(): string {
    const token = this.#tokens[this.#place];
    if (token === undefined) throw invalidSearch("The expression ends amid a condition");
    this.#place += 1;
    return token;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const whole = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < whole.length) {
    const match = TOKEN.exec(whole);
    if (match === null) throw invalidSearch("A quotation mark is not closed");
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

function isOperator(text: string): text is Operator {
  return OPERATORS.includes(text);
}

function literalOf(token: string): Literal {
  if (token === "true" || token === "false") return token === "true";
  if (NUMBER.test(token)) return Number(token);
  if (token.startsWith('"')) {
    try {
      return String(JSON.parse(token));
    } catch {
      throw invalidSearch(`${token} is no text as JSON writes it`);
    }
  }
  throw invalidSearch(`${token}: text stands in quotation marks`);
}
