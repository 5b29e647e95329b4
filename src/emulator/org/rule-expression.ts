import type { JsonObject } from "./json.ts";

/** Whether a user with this profile meets a rule. */
export type RuleTest = (profile: JsonObject) => boolean;

const TOKEN =
  /\s*(?:(==|!=|!|&&|\|\||[(),])|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*))/y;
const USER = "user.";
const FUNCTIONS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  "String.startsWith": (text, part) => text.startsWith(part),
  "String.stringContains": (text, part) => text.includes(part),
};
const DEEPEST = 50;

/**
 * Reads as much of Okta's expression language as a rehearsal needs: `user.attribute == value`, `!=`,
 * `String.startsWith`, `String.stringContains`, joined by `AND`, `OR`, `&&`, `||`, `!` and brackets.
 *
 * @returns undefined for anything else
 * @see docs/okta/groups.md#rules
 */
export function readRuleExpression(text: string): RuleTest | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const test = reader.alternatives(0);
  return reader.isAtEnd ? test : undefined;
}

class Reader {
  readonly #tokens: readonly string[];
  #place = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#place === this.#tokens.length;
  }

  alternatives(depth: number): RuleTest | undefined {
    return this.#joined(["||", "or"], () => this.#joined(["&&", "and"], () => this.#single(depth)));
  }

  #joined(words: readonly string[], read: () => RuleTest | undefined): RuleTest | undefined {
    const first = read();
    if (first === undefined) return undefined;
    const tests = [first];
    while (words.includes(this.#tokens[this.#place]?.toLowerCase() ?? "")) {
      this.#place += 1;
      const next = read();
      if (next === undefined) return undefined;
      tests.push(next);
    }
    if (tests.length === 1) return first;
    return words.includes("or")
      ? (profile) => tests.some((test) => test(profile))
      : (profile) => tests.every((test) => test(profile));
  }

  #single(depth: number): RuleTest | undefined {
    if (depth > DEEPEST) return undefined;
    const token = this.#next();
    if (token === "!") {
      const test = this.#single(depth + 1);
      return test === undefined ? undefined : (profile) => !test(profile);
    }
    if (token === "(") {
      const test = this.alternatives(depth + 1);
      return this.#next() === ")" ? test : undefined;
    }
    const named = FUNCTIONS[token];
    if (named !== undefined) return this.#callOf(named);
    return token.startsWith(USER) ? this.#comparison(token.slice(USER.length)) : undefined;
  }

  #callOf(named: (text: string, part: string) => boolean): RuleTest | undefined {
    const [open, attribute, comma, part, close] = Array.from({ length: 5 }, () => this.#next());
    const value = valueOf(part ?? "");
    if (open !== "(" || comma !== "," || close !== ")" || typeof value !== "string") {
      return undefined;
    }
    if (attribute?.startsWith(USER) !== true) return undefined;
    const name = attribute.slice(USER.length);
    return (profile) => {
      const found = profile[name];
      return typeof found === "string" && named(found, value);
    };
  }

  #comparison(name: string): RuleTest | undefined {
    const sign = this.#next();
    const value = valueOf(this.#next());
    if (value === undefined) return undefined;
    if (sign === "==") return (profile) => (profile[name] ?? null) === value;
    if (sign === "!=") return (profile) => (profile[name] ?? null) !== value;
    return undefined;
  }

  #next(): string {
    const token = this.#tokens[this.#place] ?? "";
    this.#place += 1;
    return token;
  }
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const whole = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < whole.length) {
    const match = TOKEN.exec(whole);
    if (match === null) return undefined;
    tokens.push(match.slice(1).find((part) => part !== undefined) ?? "");
  }
  return tokens;
}

/** Undefined: not a value. */
function valueOf(token: string): string | number | boolean | null | undefined {
  if (/^["']/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, "$1");
  if (/^-?\d/.test(token)) return Number(token);
  if (token === "true" || token === "false") return token === "true";
  return token === "null" ? null : undefined;
}
