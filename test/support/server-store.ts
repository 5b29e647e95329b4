import { randomBytes } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import { Secret } from "../../src/core/index.ts";
import {
  beginSealingOnServer,
  openServerStore,
  type SealKey,
  type ServedStore,
  type ServerStore,
  type StoreListener,
} from "../../src/hook/index.ts";
import { readStoredHash } from "../../src/passwords/formats/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import { openPostgresqlPool } from "../../src/sources/index.ts";
import { type FoundServer, tableName } from "./database-servers.ts";

/** A way to the server that another port or user has. */
export interface Way {
  readonly port?: number;
  readonly user?: string;
}

/** Logins with the hashes of their passwords. */
export type Logins = Readonly<Record<string, string>>;

const { signal } = new AbortController();

/** A new seal key. */
export const newKey = (): SealKey => new Secret(Uint8Array.from(randomBytes(32)));

/** Hashes as a sealing takes them. */
export function hashesOf(logins: Logins) {
  return Object.entries(logins).map(([login, text]) => {
    const reading = readStoredHash(text, "auto");
    if (reading.kind !== "stored") throw new Error(`not stored but ${reading.kind}`);
    return { login, hash: reading.stored };
  });
}

/** What a store knows of logins: a format, or why there is none. */
export function find(store: ServedStore, ...logins: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    logins.map(async (login) => {
      const answer = await store.find(login, signal, login);
      if (answer.kind === "found") return answer.hash.label;
      return answer.kind === "untold" ? answer.because : answer.kind;
    }),
  );
}

/** A place for a sealed store on a server, another one for each test and gone after it. */
export class StoreCorner {
  schema = "";
  key = newKey();
  readonly #found: FoundServer;
  readonly #closing: (() => unknown)[] = [];

  constructor(found: FoundServer) {
    this.#found = found;
    beforeEach(() => {
      this.schema = tableName();
      this.key = newKey();
    });
    afterEach(async () => {
      for (const close of this.#closing.splice(0)) await close();
      await this.run(`DROP SCHEMA IF EXISTS ${this.schema} CASCADE`);
    });
  }

  /** Where the server listens. */
  get port(): number {
    return Number(this.#url.port || 5432);
  }

  /** Does something when the test is over, before all that was sealed is gone. */
  atEnd(act: () => unknown): void {
    this.#closing.push(act);
  }

  /** Runs a statement, by whoever may do everything. */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return "server" in this.#found ? this.#found.server.run(sql) : Promise.resolve([]);
  }

  async place({ port, user }: Way = {}): Promise<ServerStore> {
    const url = this.#url;
    if (port !== undefined) url.port = String(port);
    if (user !== undefined) url.username = user;
    const server = await openPostgresqlPool({ location: url.href, password: undefined, at: "" });
    this.atEnd(() => server.close());
    return { server, schema: this.schema };
  }

  /** Begins to seal there. @param place another one than usual */
  async begin(before: "keep" | "replace" = "replace", place?: ServerStore) {
    const options = { key: this.key, before, clock: systemClock, randomBytes };
    return beginSealingOnServer(place ?? (await this.place()), options);
  }

  async seal(logins: Logins, before: "keep" | "replace" = "replace") {
    const sealing = await this.begin(before);
    const counts = await sealing.add(hashesOf(logins));
    const facts = await sealing.commit();
    return { ...counts, before: sealing.before, logins: facts.logins };
  }

  /** Serves what is there. @param told gets what is told of it */
  async serve(told: string[] = [], way: Way = {}): Promise<ServedStore> {
    const listener: StoreListener = {
      onReloaded: () => told.push("reloaded"),
      onNotReloaded: () => told.push("not reloaded"),
      onReachable: (isReachable) => told.push(isReachable ? "back" : "lost"),
    };
    const place = await this.place(way);
    return openServerStore(place, { key: this.key, clock: systemClock, listener });
  }

  get #url(): URL {
    return new URL("server" in this.#found ? this.#found.server.url : "postgres://nowhere/test");
  }
}
