import { type Clock, Secret } from "../../core/index.ts";
import { callService, OKTA_WAITS_MS, type ServiceReply } from "./call-service.ts";
import type { InventedCall } from "./invent-call.ts";

/** What is tried of a hook; permanent once released. */
export type TrialName = "execute" | "direct" | "no-secret" | "wrong-secret" | "malformed";

/** What one trial found. */
export interface TrialFinding {
  readonly name: TrialName;
  readonly verdict: "ok" | "failed" | "skipped";
  /** One sentence: what was said. */
  readonly saying: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly elapsedMs?: number;
}

/** A service that is to be tried. */
export interface TriedService {
  readonly url: string;
  readonly secret: Secret;
  readonly call: InventedCall;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Sends a service what Okta would, and what it must refuse, and compares each answer with what is due. */
export async function* tryService(tried: TriedService): AsyncIterable<TrialFinding> {
  const { url, secret, call, clock, randomBytes } = tried;
  const send = (given: Secret | undefined, body: Secret): Promise<ServiceReply> =>
    callService({ url, secret: given, body, clock });
  const forged = new Secret(Buffer.from(randomBytes(24)).toString("base64url"));
  yield judgeCall(await send(secret, call.body));
  yield judgeRefusal("no-secret", await send(undefined, call.body));
  yield judgeRefusal("wrong-secret", await send(forged, call.body));
  yield judgeRefusal("malformed", await send(secret, new Secret('{"data":')));
}

const NEVER_REACHED =
  "Is hook serve running, and is it reachable from here under this address and certificate?";

function judgeCall(reply: ServiceReply): TrialFinding {
  const { elapsedMs } = reply;
  const failed = (saying: string, hint: string): TrialFinding => {
    return { name: "direct", verdict: "failed", saying, hint, elapsedMs };
  };
  if (reply.kind === "none") return failed(sayingOf(reply.why), NEVER_REACHED);
  const { status, credential } = reply;
  if (credential === "UNVERIFIED") {
    const saying = `An invented password is UNVERIFIED (HTTP ${status}).`;
    return { name: "direct", verdict: "ok", saying, elapsedMs };
  }
  if (credential === "VERIFIED") {
    return failed(
      "An invented password is VERIFIED: this service takes any password.",
      "Take it off the network at once: with it everybody can sign in as anybody.",
    );
  }
  if (status === 401) {
    return failed(
      "The service does not know the secret (HTTP 401).",
      "Give hook serve the same file in OKTA_MIGRATE_HOOK_SECRET_FILE.",
    );
  }
  if (status === 503) {
    return failed(
      "The service could not tell (HTTP 503).",
      "Look at the log of hook serve: it is overloaded, or a place where passwords are checked does not answer.",
    );
  }
  return failed(
    `The answer is none that Okta understands (HTTP ${status}).`,
    "Is this the address of hook serve, with /okta/password-import or / as its path?",
  );
}

const DUE = { "no-secret": 401, "wrong-secret": 401, malformed: 400 } as const;
const REQUESTS = {
  "no-secret": "A request without the secret",
  "wrong-secret": "A request with another secret",
  malformed: "A malformed request",
} as const;

function judgeRefusal(name: keyof typeof DUE, reply: ServiceReply): TrialFinding {
  const { elapsedMs } = reply;
  if (reply.kind === "none") {
    const saying = sayingOf(reply.why);
    return { name, verdict: "failed", saying, hint: NEVER_REACHED, elapsedMs };
  }
  const { status } = reply;
  const due = DUE[name];
  if (status === due) {
    return {
      name,
      verdict: "ok",
      saying: `${REQUESTS[name]} is refused (HTTP ${due}).`,
      elapsedMs,
    };
  }
  const isTaken = status === 200 && name !== "malformed";
  return {
    name,
    verdict: "failed",
    saying: `${REQUESTS[name]} is answered with HTTP ${status}, where ${due} is due.`,
    hint: isTaken
      ? "Anybody can try passwords there: see what stands before hook serve, and whether it adds the header."
      : "See what stands before hook serve, and whether it answers in its place.",
    elapsedMs,
  };
}

function sayingOf(why: string): string {
  return why === "late"
    ? `No answer came within ${OKTA_WAITS_MS / 1000} s, when Okta gives up.`
    : `No answer came (${why}).`;
}
