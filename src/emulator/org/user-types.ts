import type { IdMaker } from "./ids.ts";
import { UserSchema } from "./user-schema.ts";

const TYPE_KIND = "oty";
const SCHEMA_KIND = "osc";

/** A kind of user, with attributes of its own. Instants are milliseconds since the org's start. */
export interface UserType {
  readonly id: string;
  readonly ordinal: number;
  readonly name: string;
  displayName: string;
  description: string;
  readonly createdAt: number;
  lastUpdatedAt: number;
  readonly schemaId: string;
  readonly schema: UserSchema;
  schemaUpdatedAt: number;
}

/** What a new type is made of, besides what the org gives it. */
export type UserTypeParts = Pick<UserType, "name" | "displayName" | "description" | "createdAt">;

/** The user types of the org; the first is the one that Okta made. @see docs/okta/schema.md#user-types */
export class UserTypes {
  readonly #ids: IdMaker;
  /** A deleted type leaves its place empty. */
  readonly #inOrder: (UserType | undefined)[] = [];

  constructor(ids: IdMaker) {
    this.#ids = ids;
    const description = "Okta user profile template with default permission settings";
    const parts = { name: "user", displayName: "User", description, createdAt: 0 };
    this.#put(0, { ...parts, lastUpdatedAt: 0, schemaUpdatedAt: 0, schema: new UserSchema() });
  }

  /** The type of users for whom none is named. */
  get default(): UserType {
    const [first] = this.#inOrder;
    if (first === undefined) throw new RangeError("an org has its default type");
    return first;
  }

  /** Ordinal of the next type. */
  get nextOrdinal(): number {
    return this.#inOrder.length;
  }

  /** All types in order of creation. */
  all(): readonly UserType[] {
    return this.#inOrder.filter((type) => type !== undefined);
  }

  /** By id; `default` is the one that Okta made. */
  byId(id: string): UserType | undefined {
    if (id === "default") return this.default;
    return this.#inOrder[this.#ids.ordinalOf(TYPE_KIND, id)];
  }

  /** By its schema's id; `default` is that of the type that Okta made. */
  bySchemaId(id: string): UserType | undefined {
    if (id === "default") return this.default;
    return this.#inOrder[this.#ids.ordinalOf(SCHEMA_KIND, id)];
  }

  /** Adds a type whose attributes are at first those of the default one. */
  add(parts: UserTypeParts): UserType {
    const { createdAt } = parts;
    const instants = { lastUpdatedAt: createdAt, schemaUpdatedAt: createdAt };
    const schema = new UserSchema(this.default.schema);
    return this.#put(this.#inOrder.length, { ...parts, ...instants, schema });
  }

  /** Puts a type that there was before into its place. */
  restore(ordinal: number, parts: Omit<UserType, "id" | "ordinal" | "schemaId">): void {
    this.reserve(ordinal);
    this.#put(ordinal, parts);
  }

  /** The next type has this ordinal, or a higher one where there are as many. */
  reserve(ordinal: number): void {
    while (this.#inOrder.length < ordinal) this.#inOrder.push(undefined);
  }

  /** Takes a type out for good. */
  delete(type: UserType): void {
    this.#inOrder[type.ordinal] = undefined;
  }

  #put(ordinal: number, parts: Omit<UserType, "id" | "ordinal" | "schemaId">): UserType {
    const id = this.#ids.idOf(TYPE_KIND, ordinal);
    const type = { ...parts, id, ordinal, schemaId: this.#ids.idOf(SCHEMA_KIND, ordinal) };
    this.#inOrder[ordinal] = type;
    return type;
  }
}
