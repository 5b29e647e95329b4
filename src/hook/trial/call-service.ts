import type { Clock, Secret } from "../../core/index.ts";

/** How long Okta waits for an answer. @see docs/okta/password-hook.md#timing */
export const OKTA_WAITS_MS = 3_000;
/** More than this Okta does not read. @see docs/okta/password-hook.md#answer */
const MOST_BYTES = 256 * 1024;

/** One request to a hook service. */
export interface ServiceRequest {
  readonly url: string;
  /** Sent as `Authorization`; undefined: none is. */
  readonly secret: Secret | undefined;
  readonly body: Secret;
  readonly clock: Clock;
}

/** What a service answered, if it did. */
export type ServiceReply = { readonly elapsedMs: number } & (
  | {
      readonly kind: "answer";
      readonly status: number;
      /** What the answer says of the password; undefined where it names nothing that Okta knows. */
      readonly credential: "VERIFIED" | "UNVERIFIED" | undefined;
    }
  /** `why`: a system's word such as `ECONNREFUSED`, or `late`. */
  | { readonly kind: "none"; readonly why: string }
);

/** Calls a hook service as Okta does: one try, no redirect is followed. Never rejects. */
export async function callService(request: ServiceRequest): Promise<ServiceReply> {
  const { clock } = request;
  const beganMs = clock.now();
  const over = new AbortController();
  const late = clock
    .sleep(OKTA_WAITS_MS, over.signal)
    .then(() => ({ kind: "none", why: "late" }) as const);
  try {
    const reply = await Promise.race([exchange(request, over.signal), late]);
    return { ...reply, elapsedMs: Math.round(clock.now() - beganMs) };
  } catch (error) {
    return { kind: "none", why: wordOf(error), elapsedMs: Math.round(clock.now() - beganMs) };
  } finally {
    over.abort();
    await late.catch(() => undefined);
  }
}

type Answered = Omit<Extract<ServiceReply, { readonly kind: "answer" }>, "elapsedMs">;

async function exchange(request: ServiceRequest, signal: AbortSignal): Promise<Answered> {
  const { url, secret, body } = request;
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal,
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      ...(secret === undefined ? {} : { authorization: secret.reveal() }),
    },
    body: body.reveal(),
  });
  const { status } = answer;
  if (status !== 200) {
    await answer.body?.cancel();
    // No content means the default action. @see docs/okta/password-hook.md#answer
    return { kind: "answer", status, credential: status === 204 ? "UNVERIFIED" : undefined };
  }
  return { kind: "answer", status, credential: credentialIn(await textOf(answer)) };
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes >= MOST_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function credentialIn(text: string): "VERIFIED" | "UNVERIFIED" | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const commands = memberOf(body, "commands");
  const [command, more] = Array.isArray(commands) ? (commands as readonly unknown[]) : [];
  if (more !== undefined || memberOf(command, "type") !== "com.okta.action.update")
    return undefined;
  const credential = memberOf(memberOf(command, "value"), "credential");
  return credential === "VERIFIED" || credential === "UNVERIFIED" ? credential : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** The system's word for what went wrong; never its message, which may quote what was sent. */
function wordOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "failed";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
