import type { IncomingHttpHeaders } from "node:http";
import { maskSecrets } from "./safe-prose.ts";

const LEADING_ID = /^\s*\{\s*"id"\s*:\s*"([\w.-]{1,100})"\s*[,}]/;
const LEADING_BYTES = 160;
const CLOSING_BRACE = 0x7d;

/** A whole answer of the org, its body unread. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly #chunks: readonly Buffer[];

  constructor(status: number, headers: IncomingHttpHeaders, chunks: readonly Buffer[]) {
    this.status = status;
    this.headers = headers;
    this.#chunks = chunks;
  }

  /** Okta's id of the request, for a support case; undefined when it is none that could be printed. */
  get requestId(): string | undefined {
    const id = this.headers["x-okta-request-id"];
    return typeof id === "string" && /^[\w@.:-]{1,100}$/.test(id) ? id : undefined;
  }

  /**
   * The `id` that the body's object begins with, as Okta's objects do, without reading the rest: a
   * create needs no more, and the rest is most of its cost. Undefined where it has another form.
   */
  leadingId(): string | undefined {
    const text = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    if (text === undefined || text.at(-1) !== CLOSING_BRACE) return undefined;
    return LEADING_ID.exec(text.toString("latin1", 0, LEADING_BYTES))?.[1];
  }

  /** The body's JSON value; undefined when it is none. */
  json(): unknown {
    const text = this.#text();
    if (text === "") return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }

  /** The same answer, its body without these secrets, should the org quote them. */
  masked(secrets: readonly string[]): Answer {
    const text = maskSecrets(this.#text(), secrets);
    return new Answer(this.status, this.headers, [Buffer.from(text)]);
  }

  /** Whether a page for people came in the place of JSON, as proxies and sign-in portals send it. */
  isWebPage(): boolean {
    const type = this.headers["content-type"];
    if (typeof type === "string" && /^\s*(?:text\/html|application\/xhtml)/i.test(type))
      return true;
    return /^\s*<(?:!doctype|html)/i.test(this.#text().slice(0, 200));
  }

  /** Host that a redirect points to; undefined where there is none. */
  redirectHost(origin: string): string | undefined {
    const location = this.headers.location;
    if (typeof location !== "string") return undefined;
    try {
      return new URL(location, origin).host;
    } catch {
      return undefined;
    }
  }

  #text(): string {
    const [first] = this.#chunks;
    if (first === undefined) return "";
    return (this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks)).toString("utf8");
  }
}
