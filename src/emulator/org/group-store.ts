import type { IdMaker } from "./ids.ts";

const KIND = "00g";

/** One group of the org. Instants are milliseconds since the org's start. */
export interface GroupRecord {
  readonly id: string;
  readonly ordinal: number;
  readonly type: "OKTA_GROUP" | "BUILT_IN";
  name: string;
  description: string | undefined;
  readonly createdAt: number;
  lastUpdatedAt: number;
  membersChangedAt: number;
  /** Ordinals of its users; that of the built-in group stays empty, everyone is in it. */
  readonly members: Set<number>;
}

/** What a group is made of, besides its place and its members. */
export type GroupParts = Omit<GroupRecord, "id" | "ordinal" | "members">;

/** The groups of the org; the first is the built-in `Everyone`. */
export class GroupStore {
  readonly #ids: IdMaker;
  /** A deleted group leaves its place empty. */
  readonly #inOrder: (GroupRecord | undefined)[] = [];
  readonly #byId = new Map<string, GroupRecord>();
  readonly #byName = new Map<string, GroupRecord>();
  /** One array per set of groups, shared by all users who are in the same ones. */
  readonly #sets = new Map<string, readonly string[]>();

  constructor(ids: IdMaker) {
    this.#ids = ids;
    this.#put(0, {
      type: "BUILT_IN",
      name: "Everyone",
      description: "All users in your organization",
      createdAt: 0,
      lastUpdatedAt: 0,
      membersChangedAt: 0,
    });
  }

  /** The group that all users are in. */
  get everyone(): GroupRecord {
    const [first] = this.#inOrder;
    if (first === undefined) throw new RangeError("an org has its built-in group");
    return first;
  }

  /** Ordinal of the next group. */
  get nextOrdinal(): number {
    return this.#inOrder.length;
  }

  /** All groups in order of creation. */
  all(): readonly GroupRecord[] {
    return this.from(0);
  }

  /** Groups in order of creation, from a place on. */
  from(ordinal: number): readonly GroupRecord[] {
    return this.#inOrder.slice(ordinal).filter((group) => group !== undefined);
  }

  /** By id. */
  byId(id: string): GroupRecord | undefined {
    return this.#byId.get(id);
  }

  /** By name, whatever its case. */
  byName(name: string): GroupRecord | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** Adds a group whose name is free. */
  add(name: string, description: string | undefined, createdAt: number): GroupRecord {
    const instants = { createdAt, lastUpdatedAt: createdAt, membersChangedAt: createdAt };
    return this.#put(this.#inOrder.length, { type: "OKTA_GROUP", name, description, ...instants });
  }

  /** Puts a group that there was before into its place, without members. */
  restore(ordinal: number, parts: GroupParts): void {
    this.reserve(ordinal);
    this.#put(ordinal, parts);
  }

  /** The next group has this ordinal, or a higher one where there are as many. */
  reserve(ordinal: number): void {
    while (this.#inOrder.length < ordinal) this.#inOrder.push(undefined);
  }

  /** Gives a group another name, which is free, and another description. */
  rename(group: GroupRecord, name: string, description: string | undefined): void {
    this.#byName.delete(group.name.toLowerCase());
    group.name = name;
    group.description = description;
    this.#byName.set(name.toLowerCase(), group);
  }

  /** Takes a group out, of which nobody is told to be a member any more. */
  delete(group: GroupRecord): void {
    this.#inOrder[group.ordinal] = undefined;
    this.#byId.delete(group.id);
    this.#byName.delete(group.name.toLowerCase());
  }

  /** The shared array for a set of groups, without repetitions. */
  shared(groupIds: readonly string[]): readonly string[] {
    const wanted = [...new Set(groupIds)];
    const key = wanted.join();
    const known = this.#sets.get(key) ?? wanted;
    this.#sets.set(key, known);
    return known;
  }

  #put(ordinal: number, parts: GroupParts): GroupRecord {
    const id = this.#ids.idOf(KIND, ordinal);
    const group: GroupRecord = { ...parts, id, ordinal, members: new Set() };
    this.#inOrder[ordinal] = group;
    this.#byId.set(id, group);
    this.#byName.set(parts.name.toLowerCase(), group);
    return group;
  }
}
