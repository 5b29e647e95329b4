import type { IdMaker } from "./ids.ts";
import { loginKey, shortName } from "./login-key.ts";
import type { UserRecord } from "./user-record.ts";

const KIND = "00u";

/** The users of the org in order of creation, found by id, by login or by short name. */
export class UserStore {
  readonly #ids: IdMaker;
  /** A deleted user leaves its place empty. */
  readonly #inOrder: (UserRecord | undefined)[] = [];
  readonly #byLogin = new Map<string, UserRecord>();
  /** Built at the first look-up by short name, kept up since; `null` marks a name of several users. */
  readonly #byShortName = new Map<string, UserRecord | null>();
  #shortNamesKnown = false;
  /** An answer names its user several times. */
  #lastNamed: UserRecord | undefined;
  #lastId = "";

  constructor(ids: IdMaker) {
    this.#ids = ids;
  }

  /** How many users there are. */
  get size(): number {
    return this.#byLogin.size;
  }

  /** Ordinal of the next user. */
  get nextOrdinal(): number {
    return this.#inOrder.length;
  }

  /** Whether a login is taken, by the way the org compares logins. */
  isTaken(key: string): boolean {
    return this.#byLogin.has(key);
  }

  /** Adds a user whose ordinal is the next and whose login is free. */
  add(user: UserRecord, key: string): void {
    this.#inOrder.push(user);
    this.#byLogin.set(key, user);
    if (this.#shortNamesKnown) this.#noteShortName(key, user);
  }

  /** The next user has this ordinal, or a higher one where there are as many. */
  reserve(ordinal: number): void {
    while (this.#inOrder.length < ordinal) this.#inOrder.push(undefined);
  }

  /** Gives a user another login, which is free. */
  rename(user: UserRecord, login: string): void {
    this.#byLogin.delete(loginKey(user.login));
    user.login = login;
    this.#byLogin.set(loginKey(login), user);
    this.#forgetShortNames();
  }

  /** Takes a user out for good. */
  delete(user: UserRecord): void {
    this.#inOrder[user.ordinal] = undefined;
    this.#byLogin.delete(loginKey(user.login));
    this.#forgetShortNames();
  }

  /** Id of a user. */
  idOf(user: UserRecord): string {
    if (user !== this.#lastNamed) {
      this.#lastNamed = user;
      this.#lastId = this.#ids.idOf(KIND, user.ordinal);
    }
    return this.#lastId;
  }

  /** By id. */
  byId(id: string): UserRecord | undefined {
    return this.at(this.#ids.ordinalOf(KIND, id));
  }

  /** By place in order of creation. */
  at(ordinal: number): UserRecord | undefined {
    return ordinal < 0 ? undefined : this.#inOrder[ordinal];
  }

  /** By login, whatever its case and diacritics. */
  byLogin(login: string): UserRecord | undefined {
    return this.#byLogin.get(loginKey(login));
  }

  /**
   * By id, by login, or by the part before the `@` when it belongs to one user alone. A login with
   * a slash or a question mark is never found.
   *
   * @see docs/okta/lookup.md#by-login
   */
  byIdOrLogin(idOrLogin: string): UserRecord | undefined {
    const byId = this.byId(idOrLogin);
    if (byId !== undefined) return byId;
    if (idOrLogin.includes("/") || idOrLogin.includes("?")) return undefined;
    return this.bySignInName(idOrLogin);
  }

  /** By what a person may type to sign in: the login, or an unambiguous short name. */
  bySignInName(typed: string): UserRecord | undefined {
    const key = loginKey(typed);
    const exact = this.#byLogin.get(key);
    if (exact !== undefined || key.includes("@")) return exact;
    if (!this.#shortNamesKnown) this.#learnShortNames();
    return this.#byShortName.get(key) ?? undefined;
  }

  /** Users in order of creation, from a place on. */
  *from(ordinal: number): IterableIterator<UserRecord> {
    for (let place = Math.max(0, ordinal); place < this.#inOrder.length; place += 1) {
      const user = this.#inOrder[place];
      if (user !== undefined) yield user;
    }
  }

  #learnShortNames(): void {
    for (const [key, user] of this.#byLogin) this.#noteShortName(key, user);
    this.#shortNamesKnown = true;
  }

  #noteShortName(key: string, user: UserRecord): void {
    const name = shortName(key);
    this.#byShortName.set(name, this.#byShortName.has(name) ? null : user);
  }

  #forgetShortNames(): void {
    this.#byShortName.clear();
    this.#shortNamesKnown = false;
  }
}
