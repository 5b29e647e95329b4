import { Parser } from "yaml";

/**
 * Whether a YAML text is nested more deeply than allowed. The text is only cut into tokens, which
 * needs no stack: what builds values of it recurses, and can end the process.
 */
export function isTooDeep(text: string, maxDepth: number): boolean {
  for (const token of new Parser().parse(text)) {
    let level: readonly object[] = [token];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > maxDepth) return true;
      level = level.flatMap(tokensWithin);
    }
  }
  return false;
}

/** Tokens of the concrete syntax tree that stand one level below a token. */
function tokensWithin(token: object): object[] {
  const items = "items" in token && Array.isArray(token.items) ? token.items.filter(isObject) : [];
  return [token, ...items].flatMap(partsOf).filter(isObject);
}

function partsOf(token: object): unknown[] {
  return ["key" in token ? token.key : undefined, "value" in token ? token.value : undefined];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
