/** How much a regular expression may backtrack: at most `choices * length ** loops` steps. */
export type PatternCost =
  | { readonly kind: "known"; readonly choices: number; readonly loops: number }
  | { readonly kind: "unknown"; readonly why: string };

interface Cost {
  readonly choices: number;
  readonly loops: number;
}

/** Bounds how deep groups can be nested, and with it the stack. */
const MAX_PATTERN_LENGTH = 2000;
const PLAIN: Cost = { choices: 1, loops: 0 };
const QUANTIFIER = /[*+?]|\{(\d+)(,(\d*))?\}/y;
const GROUP_OPENING = /\((?:\?(?::|=|!|<=|<!|<[A-Za-z]\w*>))?(?!\?)/y;
/** Escapes with one meaning in every dialect. */
const SHARED_ESCAPE =
  /\\(?:[dDwWsSbBtnrf]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[pP]\{[A-Z][a-z]?\}|[^A-Za-z0-9])/y;
const CLASS =
  /\[\^?(?!\])(?:[^\]\\[&]|&(?!&)|\\(?:[dDwWsStnrf]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[pP]\{[A-Z][a-z]?\}|[^A-Za-z0-9]))+\]/y;

/**
 * Reads a regular expression as far as its cost and its meaning in other dialects go.
 *
 * An unbounded repetition of something that itself varies can backtrack exponentially and has no
 * known cost; neither have back references, flags and the constructs of one dialect alone.
 */
export function measurePattern(pattern: string): PatternCost {
  if (pattern.length > MAX_PATTERN_LENGTH) return { kind: "unknown", why: "it is very long" };
  const scanner = new PatternScanner(pattern);
  try {
    const cost = scanner.scan();
    const starts = pattern.startsWith("^") ? 0 : 1;
    return { kind: "known", choices: cost.choices, loops: cost.loops + starts };
  } catch (error) {
    if (error instanceof UnknownCost) return { kind: "unknown", why: error.message };
    throw error;
  }
}

class UnknownCost extends Error {}

class PatternScanner {
  readonly #pattern: string;
  #index = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  scan(): Cost {
    const cost = this.#alternatives();
    if (this.#index < this.#pattern.length) throw new UnknownCost("it has a ) too many");
    return cost;
  }

  #alternatives(): Cost {
    const branches = [this.#sequence()];
    while (this.#pattern[this.#index] === "|") {
      this.#index += 1;
      branches.push(this.#sequence());
    }
    return {
      choices: branches.reduce((sum, branch) => sum + branch.choices, 0),
      loops: Math.max(...branches.map((branch) => branch.loops)),
    };
  }

  #sequence(): Cost {
    let choices = 1;
    let loops = 0;
    while (this.#index < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#index] ?? "")) {
      const cost = this.#repeated(this.#atom());
      choices *= cost.choices;
      loops += cost.loops;
    }
    return { choices, loops };
  }

  #atom(): Cost {
    const character = this.#pattern[this.#index];
    if (character === "(") return this.#group();
    if (character === "[")
      return this.#take(CLASS, "its set of characters is read in several ways");
    if (character === "\\") return this.#take(SHARED_ESCAPE, "it has an escape of one dialect");
    this.#index += 1;
    return PLAIN;
  }

  #group(): Cost {
    this.#take(GROUP_OPENING, "it has a group of one dialect");
    const cost = this.#alternatives();
    if (this.#pattern[this.#index] !== ")") throw new UnknownCost("it has a ( too many");
    this.#index += 1;
    return cost;
  }

  #take(what: RegExp, why: string): Cost {
    what.lastIndex = this.#index;
    if (!what.test(this.#pattern)) throw new UnknownCost(why);
    this.#index = what.lastIndex;
    return PLAIN;
  }

  #repeated(atom: Cost): Cost {
    QUANTIFIER.lastIndex = this.#index;
    const match = QUANTIFIER.exec(this.#pattern);
    if (match === null) return atom;
    this.#index = QUANTIFIER.lastIndex;
    if (this.#pattern[this.#index] === "?") this.#index += 1;
    else if (this.#pattern[this.#index] === "+") throw new UnknownCost("it has a possessive loop");
    const { least, most } = boundsOf(match);
    if (most < Infinity) {
      return { choices: atom.choices ** most * (most - least + 1), loops: atom.loops * most };
    }
    if (atom.choices > 1 || atom.loops > 0) {
      throw new UnknownCost("a loop in it holds something that varies");
    }
    return { choices: 1, loops: 1 };
  }
}

function boundsOf(match: RegExpExecArray): { readonly least: number; readonly most: number } {
  if (match[0] === "*") return { least: 0, most: Infinity };
  if (match[0] === "+") return { least: 1, most: Infinity };
  if (match[0] === "?") return { least: 0, most: 1 };
  const least = Number(match[1]);
  if (match[2] === undefined) return { least, most: least };
  return { least, most: match[3] === undefined || match[3] === "" ? Infinity : Number(match[3]) };
}
