import type { IdMaker } from "./ids.ts";
import { loginKey } from "./login-key.ts";

const KIND = "guo";

/** A part of the org's users, with the mail domains that they may be of. */
export interface Realm {
  readonly id: string;
  readonly ordinal: number;
  readonly name: string;
  readonly realmType: "DEFAULT" | "PARTNER";
  /** In small letters; empty: all. */
  readonly domains: readonly string[];
  readonly createdAt: number;
}

/** The realms of the org; the first is the default one. @see docs/okta/create-user.md#realms */
export class Realms {
  readonly #ids: IdMaker;
  readonly #inOrder: Realm[] = [];

  constructor(ids: IdMaker) {
    this.#ids = ids;
    const parts = { name: "Default Realm", realmType: "DEFAULT", domains: [] } as const;
    this.add(parts, 0);
  }

  /** Where users are who were put into no other one. */
  get default(): Realm {
    const [first] = this.#inOrder;
    if (first === undefined) throw new RangeError("an org has its default realm");
    return first;
  }

  /** All realms in order of creation. */
  all(): readonly Realm[] {
    return this.#inOrder;
  }

  /** By id. */
  byId(id: string): Realm | undefined {
    return this.#inOrder[this.#ids.ordinalOf(KIND, id)];
  }

  /** Adds a realm. */
  add(parts: Pick<Realm, "name" | "realmType" | "domains">, createdAt: number): Realm {
    return this.restore(this.#inOrder.length, { ...parts, createdAt });
  }

  /** Puts a realm into its place, which is the next one or one that is taken. */
  restore(ordinal: number, parts: Omit<Realm, "id" | "ordinal">): Realm {
    const realm: Realm = { ...parts, id: this.#ids.idOf(KIND, ordinal), ordinal };
    this.#inOrder[ordinal] = realm;
    return realm;
  }

  /** Where a user is; undefined in an org that has the default realm alone, and does not tell it. */
  shownOf(realm: Realm | undefined): Realm | undefined {
    if (realm !== undefined) return realm;
    return this.#inOrder.length > 1 ? this.default : undefined;
  }
}

/** Name of an attribute whose domain a realm does not allow; undefined where all is well. */
export function foreignAttribute(
  realm: Realm,
  profile: Readonly<Record<string, unknown>>,
): "login" | "email" | undefined {
  if (realm.domains.length === 0) return undefined;
  return (["login", "email"] as const).find((name) => {
    const key = loginKey(String(profile[name]));
    return !realm.domains.includes(key.slice(key.lastIndexOf("@") + 1));
  });
}
