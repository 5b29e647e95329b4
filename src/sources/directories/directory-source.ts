import { createHash } from "node:crypto";

import type { SearchEntry } from "ldapts";

import {
  type Secret,
  type SourceEntry,
  SourceError,
  type SourceHead,
  type SourcePosition,
  type UserSource,
} from "../../core/index.ts";
import { SAMPLED_RECORDS, SourceSample } from "../source-sample.ts";
import { AttributeNames } from "./attribute-names.ts";
import { readEntry } from "./directory-entry.ts";
import { type LdapCodec, LdapConnection } from "./ldap-connection.ts";
import { loadLdap } from "./load-ldap.ts";
import { openSocket } from "./ldap-socket.ts";
import { placeOf } from "./entry-place.ts";
import { filterError, refusedError, searchError } from "./refusals.ts";
import { searchPages } from "./search-pages.ts";
import { type SearchPlan, signInOf } from "./search-plan.ts";

/** What is read of which directory. */
export interface DirectorySourceOptions {
  readonly name: string;
  /** As given. */
  readonly location: string;
  readonly plan: SearchPlan;
  readonly password: Secret | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The entries of one search. Every reading is a connection of its own, in pages and at the reader's
 * pace. `line` is an entry's ordinal: a reading from a later one on counts those before it. `offset`
 * stands for its name, by which it is known again.
 */
export class DirectorySource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable = true;
  readonly isLive = true;
  readonly countsEntries = true;
  readonly #options: DirectorySourceOptions;
  readonly #names = new AttributeNames();
  #head: Promise<SourceHead> | undefined;

  constructor(options: DirectorySourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.location = options.location;
  }

  async head(): Promise<SourceHead> {
    this.#head ??= this.#readHead();
    return await this.#head;
  }

  /** SHA-256 of what is searched where, and by whom. Entries come and go unseen by it. */
  fingerprint(): Promise<string> {
    const { address, bindDn, scope, filter, attributes } = this.#options.plan;
    const { host, port, base } = address;
    const parts = [host.toLowerCase(), port, base, scope, filter, attributes, bindDn];
    return Promise.resolve(createHash("sha256").update(JSON.stringify(parts)).digest("hex"));
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    const wanted = from?.seq ?? 1;
    let seq = 1;
    for await (const found of this.#search()) {
      const entries: SourceEntry[] = [];
      for (const entry of found) {
        if (seq >= wanted) entries.push(this.#entryOf(entry, seq));
        seq += 1;
      }
      if (entries.length > 0) yield entries;
    }
  }

  #entryOf(found: SearchEntry, seq: number): SourceEntry {
    const read = readEntry(found, this.#names);
    const offset = placeOf(found.name);
    return "code" in read
      ? { seq, line: seq, offset, issue: read }
      : { seq, line: seq, offset, fields: read };
  }

  async #readHead(): Promise<SourceHead> {
    const { address, startTls } = this.#options.plan;
    const sample = new SourceSample([]);
    for await (const batch of this.read()) {
      sample.add(batch);
      if (sample.records >= SAMPLED_RECORDS) break;
    }
    if (sample.records === 0) throw nothingFound(address.shown);
    const { columns, samples } = sample;
    const system = address.isTls || startTls ? "directory over TLS" : "directory";
    return {
      description: `${system}, ${columns.length === 1 ? "1 attribute" : `${columns.length} attributes`}`,
      columns,
      samples,
    };
  }

  async *#search(): AsyncGenerator<readonly SearchEntry[]> {
    const { plan, signal } = this.#options;
    signal?.throwIfAborted();
    const codec = await loadLdap();
    assertFilter(codec, plan.filter);
    const connection = await this.#connect(codec);
    const stop = (): void => connection.close();
    signal?.addEventListener("abort", stop, { once: true });
    try {
      signal?.throwIfAborted();
      yield* searchPages(codec, connection, plan);
    } catch (error) {
      signal?.throwIfAborted();
      throw connection.hasAnswered ? searchError(plan, error) : refusedError(plan, error);
    } finally {
      signal?.removeEventListener("abort", stop);
      connection.close();
    }
  }

  async #connect(codec: LdapCodec): Promise<LdapConnection> {
    const { plan, password, signal } = this.#options;
    const { address, startTls } = plan;
    const signIn = signInOf(plan, password);
    let connection: LdapConnection | undefined;
    const stop = (): void => connection?.close();
    signal?.addEventListener("abort", stop, { once: true });
    try {
      connection = new LdapConnection(codec, await openSocket(address, signal));
      if (startTls) await connection.startTls(address.host, signal);
      if (signIn !== undefined) await connection.bind(signIn.dn, signIn.password.reveal());
      return connection;
    } catch (error) {
      connection?.close();
      signal?.throwIfAborted();
      throw refusedError(plan, error);
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }
}

function assertFilter(codec: LdapCodec, filter: string): void {
  try {
    codec.FilterParser.parseString(filter);
  } catch (error) {
    throw filterError(error);
  }
}

function nothingFound(shown: string): SourceError {
  return new SourceError({
    code: "SOURCE_QUERY",
    message: `The search in ${shown} finds no entry.`,
    hint: "Check base and filter, and that whoever signs in may read there: many directories show nothing to others.",
  });
}
