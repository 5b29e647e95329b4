import type { IdMaker } from "./ids.ts";

const KIND = "00g";

/** One group of the org. Instants are milliseconds since the org's start. */
export interface GroupRecord {
  readonly id: string;
  readonly ordinal: number;
  readonly type: "OKTA_GROUP" | "BUILT_IN";
  readonly name: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  membersChangedAt: number;
  /** Ordinals of its users; that of the built-in group stays empty, everyone is in it. */
  readonly members: Set<number>;
}

/** The groups of the org; the first is the built-in `Everyone`. */
export class GroupStore {
  readonly #ids: IdMaker;
  readonly #inOrder: GroupRecord[] = [];
  readonly #byId = new Map<string, GroupRecord>();
  readonly #byName = new Map<string, GroupRecord>();
  /** One array per set of groups, shared by all users who are in the same ones. */
  readonly #sets = new Map<string, readonly string[]>();

  constructor(ids: IdMaker) {
    this.#ids = ids;
    this.#add("BUILT_IN", "Everyone", "All users in your organization", 0);
  }

  /** The group that all users are in. */
  get everyone(): GroupRecord {
    const [first] = this.#inOrder;
    if (first === undefined) throw new RangeError("an org has its built-in group");
    return first;
  }

  /** All groups in order of creation. */
  all(): readonly GroupRecord[] {
    return this.#inOrder;
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
    return this.#add("OKTA_GROUP", name, description, createdAt);
  }

  /** The shared array for a set of groups, without repetitions. */
  shared(groupIds: readonly string[]): readonly string[] {
    const wanted = [...new Set(groupIds)];
    const key = wanted.join();
    const known = this.#sets.get(key) ?? wanted;
    this.#sets.set(key, known);
    return known;
  }

  #add(
    type: GroupRecord["type"],
    name: string,
    description: string | undefined,
    createdAt: number,
  ): GroupRecord {
    const ordinal = this.#inOrder.length;
    const group: GroupRecord = {
      id: this.#ids.idOf(KIND, ordinal),
      ordinal,
      type,
      name,
      description,
      createdAt,
      membersChangedAt: createdAt,
      members: new Set(),
    };
    this.#inOrder.push(group);
    this.#byId.set(group.id, group);
    this.#byName.set(name.toLowerCase(), group);
    return group;
  }
}
