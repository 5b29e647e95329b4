/** What an expression uses, found without evaluating it. */
export interface UsedNames {
  /** Every identifier, those that a macro binds included. */
  readonly identifiers: ReadonlySet<string>;
  /** Keys of `row["…"]` and `row.…`. */
  readonly rowKeys: ReadonlySet<string>;
  /** Keys of `has(row.…)`: present only when the record has a value. */
  readonly testedKeys: ReadonlySet<string>;
  /** Whether `row` is used as a whole or with a key that is worked out. */
  readonly usesWholeRow: boolean;
  /** Names of all functions and methods that are called. */
  readonly calls: ReadonlySet<string>;
}

/** A node of the syntax tree, as far as this search needs to know it. */
interface Node {
  readonly op: string;
  readonly args: unknown;
}

/** Lists what the syntax tree of an expression uses. */
export function findUsedNames(tree: Node): UsedNames {
  const identifiers = new Set<string>();
  const rowKeys = new Set<string>();
  const testedKeys = new Set<string>();
  const calls = new Set<string>();
  let usesWholeRow = false;
  visit(tree, false);
  return { identifiers, rowKeys, testedKeys, usesWholeRow, calls };

  function visit(node: unknown, tested: boolean): void {
    if (Array.isArray(node)) {
      for (const inner of node) visit(inner, tested);
      return;
    }
    if (!isNode(node)) return;
    const key = rowKeyOf(node);
    if (key !== undefined) {
      (tested ? testedKeys : rowKeys).add(key);
      return;
    }
    if (node.op === "id") {
      const name = String(node.args);
      identifiers.add(name);
      if (name === "row") usesWholeRow = true;
      return;
    }
    const called = isCall(node) ? calledName(node) : undefined;
    if (called !== undefined) calls.add(called);
    visit(node.args, called === "has");
  }
}

function rowKeyOf({ op, args }: Node): string | undefined {
  if ((op !== "." && op !== "[]") || !Array.isArray(args)) return undefined;
  const [left, right] = args as [unknown, unknown];
  if (!isNode(left) || left.op !== "id" || left.args !== "row") return undefined;
  if (typeof right === "string") return right;
  return isNode(right) && right.op === "value" && typeof right.args === "string"
    ? right.args
    : undefined;
}

function isCall({ op }: Node): boolean {
  return op === "call" || op === "rcall";
}

function calledName({ args }: Node): string | undefined {
  return Array.isArray(args) && typeof args[0] === "string" ? args[0] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}
