import type { SourceValue } from "../../core/index.ts";
import type { AttributeNames } from "./attribute-names.ts";

/** Collects the values of one directory entry: one as it is, several as a list, in their order. */
export class EntryFields {
  readonly #values = new Map<string, string | string[]>();
  readonly #names: AttributeNames;

  constructor(names: AttributeNames) {
    this.#names = names;
  }

  get fields(): ReadonlyMap<string, SourceValue> {
    return this.#values;
  }

  add(attribute: string, value: string): void {
    const column = this.#names.spell(attribute);
    const before = this.#values.get(column);
    if (before === undefined) this.#values.set(column, value);
    else if (typeof before === "string") this.#values.set(column, [before, value]);
    else before.push(value);
  }
}
