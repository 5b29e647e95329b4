import type { Socket } from "node:net";

import type * as Ldap from "ldapts";

import { secureSocket } from "./ldap-socket.ts";

/** The library that knows how LDAP's messages are written, and nothing else of it. */
export type LdapCodec = typeof Ldap;

/** An LDAP result that is not success: its code, and no more, since a server may quote anything. */
export class LdapRefusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`LDAP error ${status}`);
    this.status = status;
  }
}

/** How a request ended. */
export interface LdapResult {
  readonly messageId: number;
  /** 0 is success. */
  readonly status: number;
  readonly controls?: readonly Ldap.Control[];
}

type LdapRequest = Ldap.BindRequest | Ldap.ExtendedRequest | Ldap.SearchRequest;

/** How long an answer may keep still: a search may look through millions of entries first. */
const SILENCE_MS = 120_000;
/** The same before anything was said: whoever keeps still then is no directory, or asleep. */
const GREETING_SILENCE_MS = 30_000;
/** Entries that may wait to be taken; beyond them nothing is read from the network. */
const MAX_WAITING = 1_000;
const START_TLS = "1.3.6.1.4.1.1466.20037";

/** What comes back for one request: entries, references to other servers, and the end. */
export interface Answer {
  /**
   * At most `count` entries, once there are as many or the answer has ended.
   *
   * @throws {Error} when the connection breaks
   */
  take(count: number): Promise<readonly Ldap.SearchEntry[]>;
  /** Defined once all entries were taken. */
  end(): { readonly result: LdapResult; readonly references: readonly string[] } | undefined;
}

/**
 * One connection to a directory, with one request at a time on it.
 *
 * The library's own client is not used: it stops at an empty page that is not the last one, gives
 * up searches after ten seconds, and keeps waiting where a connection over StartTLS breaks.
 */
export class LdapConnection {
  readonly #codec: LdapCodec;
  #socket: Socket;
  #messageId = 0;
  #request: LdapRequest | undefined;
  #entries: Ldap.SearchEntry[] = [];
  #references: string[] = [];
  #result: LdapResult | undefined;
  #broken: Error | undefined;
  /** Whether the other end has shown that it speaks LDAP. */
  hasAnswered = false;
  #wake: () => void = () => undefined;

  constructor(codec: LdapCodec, socket: Socket) {
    this.#codec = codec;
    this.#socket = socket;
    this.#listen(socket);
  }

  /** @throws {LdapRefusal} when the server does not do it @throws {Error} when TLS fails */
  async startTls(host: string, signal?: AbortSignal): Promise<void> {
    const { ExtendedRequest } = this.#codec;
    await this.#ask(new ExtendedRequest({ messageId: this.#nextId(), oid: START_TLS }));
    const plain = this.#socket.removeAllListeners("data").removeAllListeners("timeout");
    this.#socket = await secureSocket(plain, host, signal);
    // What was sent in clear and not asked for must not be taken for an answer.
    this.#listen(this.#socket);
  }

  /** @throws {LdapRefusal} when the server does not let them in */
  async bind(dn: string, password: string): Promise<void> {
    const { BindRequest } = this.#codec;
    await this.#ask(new BindRequest({ messageId: this.#nextId(), dn, password }));
  }

  /** Sends a search; its answer is to be taken to its end before the next request. */
  search(options: Omit<Ldap.SearchRequestMessageOptions, "messageId">): Answer {
    const { SearchRequest } = this.#codec;
    // Without a time limit of its own the library asks for ten seconds.
    this.#send(new SearchRequest({ timeLimit: 0, ...options, messageId: this.#nextId() }));
    return {
      take: async (count) => {
        await this.#until(() => this.#entries.length >= count || this.#result !== undefined);
        const taken = this.#entries.splice(0, count);
        if (this.#socket.isPaused() && this.#entries.length < MAX_WAITING) {
          this.#socket.setTimeout(this.#result === undefined ? SILENCE_MS : 0).resume();
        }
        return taken;
      },
      end: () =>
        this.#result === undefined || this.#entries.length > 0
          ? undefined
          : { result: this.#result, references: this.#references },
    };
  }

  /** Says good-bye and lets go, whatever is on its way. */
  close(): void {
    const { UnbindRequest } = this.#codec;
    this.#broken ??= new Error("closed");
    if (this.#socket.writable)
      this.#socket.write(new UnbindRequest({ messageId: this.#nextId() }).write());
    this.#socket.destroySoon();
  }

  async #ask(request: LdapRequest): Promise<void> {
    this.#send(request);
    this.#socket.setTimeout(GREETING_SILENCE_MS);
    await this.#until(() => this.#result !== undefined);
    const status = this.#result?.status ?? 0;
    if (status !== 0) throw new LdapRefusal(status);
  }

  #send(request: LdapRequest): void {
    this.#request = request;
    this.#entries = [];
    this.#references = [];
    this.#result = undefined;
    this.#socket.setTimeout(SILENCE_MS);
    this.#socket.write(request.write());
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      if (this.#broken !== undefined) throw this.#broken;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #listen(socket: Socket): void {
    const parser = new this.#codec.MessageParser();
    const fail = (error: Error): void => this.#break(error);
    parser.on("message", (message) => this.#receive(message));
    parser.on("error", fail);
    socket
      .on("data", (chunk: Buffer) => {
        const message = this.#request;
        parser.read(
          chunk,
          new Map(message === undefined ? [] : [[String(message.messageId), { message }]]),
        );
        if (this.#entries.length >= MAX_WAITING) socket.pause();
        this.#wake();
      })
      .on("error", fail)
      .on("close", () => fail(lost("the server closed it")))
      .on("timeout", () => {
        // Nothing is awaited while the reader is busy, or after the end of an answer.
        if (this.#result === undefined && !socket.isPaused()) fail(lost("it kept still"));
      });
  }

  #receive(message: LdapResult): void {
    this.hasAnswered = true;
    const { SearchEntry, SearchReference } = this.#codec;
    if (message.messageId === 0) this.#break(lost("the server ended it"));
    else if (message.messageId !== this.#request?.messageId) return;
    else if (message instanceof SearchEntry) this.#entries.push(message);
    else if (message instanceof SearchReference) this.#references.push(...message.uris);
    else {
      this.#result = message;
      this.#socket.setTimeout(0);
    }
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#socket.destroy();
    this.#wake();
  }

  #nextId(): number {
    this.#messageId += 1;
    return this.#messageId;
  }
}

function lost(how: string): Error {
  return Object.assign(new Error(how), { code: "ECONNRESET" });
}
