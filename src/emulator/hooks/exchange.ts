import { type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { rootCertificates } from "node:tls";
import type { HookTarget } from "./hook-record.ts";

/** Okta reads answers that are smaller than this. @see docs/okta/password-hook.md#answer */
const TOO_MANY_BYTES = 256 * 1024;

/** What a hook answered, if it did. */
export type HookReply =
  /** Its body is undefined where it is too large to be read. */
  | { readonly kind: "answer"; readonly status: number; readonly body: string | undefined }
  | { readonly kind: "none"; readonly why: string };

/** One try of a call. */
export interface Try {
  readonly target: HookTarget;
  readonly body: string;
  readonly ca: string | undefined;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** Sends one request and reads its answer; never rejects. */
export function exchange({ target, body, ca, signal }: Try): Promise<HookReply> {
  return new Promise((resolve) => {
    const give = (error: Error): void => resolve({ kind: "none", why: nameOf(error) });
    const url = new URL(target.uri);
    const options: RequestOptions = {
      method: "POST",
      agent: false,
      signal,
      headers: headersOf(target, body),
    };
    const read = (response: IncomingMessage): void => void readReply(response).then(resolve, give);
    const request =
      url.protocol === "https:"
        ? requestHttps(url, { ...options, ...trusting(ca) }, read)
        : requestHttp(url, options, read);
    request.on("error", give);
    request.end(body);
  });
}

function trusting(ca: string | undefined): { readonly ca?: string[] } {
  return ca === undefined ? {} : { ca: [...rootCertificates, ca] };
}

/** @see docs/okta/password-hook.md#request */
function headersOf(target: HookTarget, body: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, value } of target.headers) headers[key.toLowerCase()] = value.reveal();
  const { authorization } = target;
  if (authorization !== undefined) {
    headers[authorization.key.toLowerCase()] = authorization.value.reveal();
  }
  headers["accept"] = "application/json";
  headers["content-type"] = "application/json";
  headers["content-length"] = String(Buffer.byteLength(body));
  return headers;
}

async function readReply(response: IncomingMessage): Promise<HookReply> {
  const { statusCode: status = 0 } = response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes >= TOO_MANY_BYTES) return { kind: "answer", status, body: undefined };
    chunks.push(chunk);
  }
  return { kind: "answer", status, body: Buffer.concat(chunks).toString("utf8") };
}

/** The system's word for what went wrong, such as `ECONNREFUSED`; never what was sent. */
function nameOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
