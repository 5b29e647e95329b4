import { isRecord, type JsonObject, parseObject } from "../org/json.ts";
import type { Org, OrgIdentity } from "../org/org.ts";
import { UserSchema } from "../org/user-schema.ts";
import { Fields, LineFault } from "./fields.ts";
import { hookOf } from "./hook-state.ts";
import { readUser } from "./read-user.ts";
import { StateFileError } from "./state-file-error.ts";
import { MARK, VERSION } from "./write-state.ts";

/** Reads the first line of a state file: what the org in it must be made with. @throws {StateFileError} when it is none of ours */
export function readIdentity(text: string): OrgIdentity {
  const header = parseObject(text);
  const version = header?.[MARK];
  if (version === undefined) throw new StateFileError(1, "is not that of an emulator's state file");
  if (version !== VERSION) {
    throw new StateFileError(1, `names a version that is not known here; ${VERSION} is`);
  }
  const { idTail, loads } = header ?? {};
  if (typeof idTail !== "string" || !/^[0-9A-Za-z]{12}$/.test(idTail)) {
    throw new StateFileError(1, "has no end of ids");
  }
  if (!Number.isSafeInteger(loads)) throw new StateFileError(1, "has no count of loads");
  return { idTail, loads: Number(loads) };
}

/** Fills a fresh org from the lines of a state file, one by one. */
export class StateReader {
  readonly #org: Org;
  #line = 0;
  #header: JsonObject = {};
  #isOver = false;

  /** @param org made with the file's identity, and empty */
  constructor(org: Org) {
    this.#org = org;
  }

  /** Takes the next line. @throws {StateFileError} when it can't be used */
  take(text: string): void {
    this.#line += 1;
    try {
      this.#read(text);
    } catch (error) {
      const reason = error instanceof LineFault ? error.message : "can't be used";
      throw new StateFileError(this.#line, reason);
    }
  }

  /** All lines are there. @throws {StateFileError} when the file was cut off */
  finish(): void {
    if (!this.#isOver) throw new StateFileError(this.#line, "is the last one; the end is missing");
    const next = new Fields(this.#org, this.#header["next"]);
    const { users, groups, types, rules } = this.#org;
    try {
      users.reserve(next.count("users"));
      groups.reserve(next.count("groups"));
      types.reserve(next.count("types"));
      rules.reserve(next.count("rules"));
    } catch (error) {
      throw error instanceof LineFault ? new StateFileError(1, error.message) : error;
    }
  }

  #read(text: string): void {
    const org = this.#org;
    const value = parseObject(text);
    if (value === undefined) throw new LineFault("is no JSON object");
    if (this.#isOver) throw new LineFault("comes after the end");
    if (this.#line === 1) {
      org.createdAt = new Fields(org, value).instant("created");
      if (!isRecord(value["next"])) throw new LineFault("has no object as next");
      this.#header = value;
      return;
    }
    const [kind = "", ...others] = Object.keys(value);
    if (others.length > 0) throw new LineFault("holds more than one thing");
    if (kind === "hook") {
      const hook = hookOf(org, value["hook"]);
      org.hooks.set(hook.id, hook);
      return;
    }
    const fields = new Fields(org, value[kind]);
    switch (kind) {
      case "user":
        return readUser(org, fields);
      case "group":
        return readGroup(org, fields);
      case "type":
        return readType(org, fields);
      case "realm":
        return readRealm(org, fields);
      case "rule":
        return readRule(org, fields);
      case "end":
        this.#isOver = true;
        if (fields.count("users") === org.users.size) return;
        throw new LineFault("counts other users than there are");
      default:
        throw new LineFault("holds nothing that is known here");
    }
  }
}

function readType(org: Org, fields: Fields): void {
  const ordinal = fields.ordinal("oty", 0);
  const schema = new UserSchema();
  schema.restore({ base: attributes(fields, "base"), custom: attributes(fields, "custom") });
  org.types.restore(ordinal, {
    name: fields.text("name"),
    displayName: fields.text("displayName"),
    description: fields.text("description"),
    createdAt: fields.instant("created"),
    lastUpdatedAt: fields.instant("lastUpdated"),
    schemaUpdatedAt: fields.instant("schemaUpdated"),
    schema,
  });
}

function attributes(fields: Fields, name: string): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  for (const [attribute, value] of Object.entries(fields.object(name))) {
    if (!isRecord(value)) throw new LineFault(`has no attributes as ${name}`);
    found[attribute] = value;
  }
  return found;
}

function readRealm(org: Org, fields: Fields): void {
  org.realms.restore(fields.ordinal("guo", 0), {
    name: fields.text("name"),
    realmType: fields.word("realmType", ["DEFAULT", "PARTNER"]),
    domains: fields.texts("domains"),
    createdAt: fields.instant("created"),
  });
}

function readGroup(org: Org, fields: Fields): void {
  const name = fields.text("name");
  const ordinal = fields.ordinal("00g", 0);
  const namesake = org.groups.byName(name);
  if (namesake !== undefined && namesake.ordinal !== ordinal) {
    throw new LineFault("has the name of an earlier group");
  }
  org.groups.restore(ordinal, {
    type: fields.word("type", ["OKTA_GROUP", "BUILT_IN"]),
    name,
    description: fields.optionalText("description"),
    createdAt: fields.instant("created"),
    lastUpdatedAt: fields.instant("lastUpdated"),
    membersChangedAt: fields.instant("membershipUpdated"),
  });
}

function readRule(org: Org, fields: Fields): void {
  const rule = org.rules.restore(fields.ordinal("0pr", org.rules.nextOrdinal), {
    name: fields.text("name"),
    expression: fields.text("expression"),
    groupIds: fields.texts("groups"),
    excluded: fields.texts("excluded"),
    createdAt: fields.instant("created"),
  });
  org.rules.turn(rule, fields.word("status", ["ACTIVE", "INACTIVE", "INVALID"]));
  rule.lastUpdatedAt = fields.instant("lastUpdated");
}
