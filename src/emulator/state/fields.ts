import type { Org } from "../org/org.ts";
import { isRecord, type JsonObject } from "../org/json.ts";
import { NEVER } from "../org/user-record.ts";

/** What is wrong with a line. */
export class LineFault extends Error {}

/** One object of a state file, member by member. Every reading throws a {@link LineFault}. */
export class Fields {
  readonly #org: Org;
  readonly #members: JsonObject;

  constructor(org: Org, members: unknown) {
    if (!isRecord(members)) throw new LineFault("holds no object");
    this.#org = org;
    this.#members = members;
  }

  /** Any text. */
  text(name: string): string {
    const value = this.#members[name];
    if (typeof value === "string") return value;
    throw new LineFault(`has no text as ${name}`);
  }

  /** Text, or nothing. */
  optionalText(name: string): string | undefined {
    return this.#members[name] === undefined ? undefined : this.text(name);
  }

  /** One of a few words. */
  word<W extends string>(name: string, words: readonly W[]): W {
    const found = words.find((word) => word === this.#members[name]);
    if (found !== undefined) return found;
    throw new LineFault(`has as ${name} none of ${words.join(", ")}`);
  }

  /** A whole number from 0 on. */
  count(name: string, otherwise?: number): number {
    const value = this.#members[name] ?? otherwise;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw new LineFault(`has no whole number as ${name}`);
  }

  /** A list of texts; nothing is an empty one. */
  texts(name: string): readonly string[] {
    const value = this.#members[name] ?? [];
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw new LineFault(`has no list of texts as ${name}`);
  }

  /** An object. */
  object(name: string): JsonObject {
    const value = this.#members[name];
    if (isRecord(value)) return value;
    throw new LineFault(`has no object as ${name}`);
  }

  /** Whatever it is. */
  any(name: string): unknown {
    return this.#members[name];
  }

  /** An instant, in milliseconds since the org's start. */
  instant(name: string): number {
    const instant = this.#org.instantOf(this.text(name));
    if (Number.isSafeInteger(instant)) return instant;
    throw new LineFault(`has no instant as ${name}`);
  }

  /** An instant, or {@link NEVER}. */
  instantOrNever(name: string): number {
    return this.#members[name] === undefined ? NEVER : this.instant(name);
  }

  /** The ordinal behind an id, which must be as high as the lowest one that is free. */
  ordinal(kind: string, lowest: number): number {
    const ordinal = this.#org.ids.ordinalOf(kind, this.text("id"));
    if (ordinal < 0) throw new LineFault(`has no id of this org`);
    if (ordinal < lowest) throw new LineFault("is out of order, or there twice");
    return ordinal;
  }
}
