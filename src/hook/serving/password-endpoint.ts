import { createHmac } from "node:crypto";
import type { Clock, Secret } from "../../core/index.ts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "../checking/password-checker.ts";
import type { WrongPasswords } from "../throttle/wrong-passwords.ts";
import { foldTypedLogin } from "../sealing/typed-login.ts";
import { failure, type HookAnswer, UNVERIFIED, VERIFIED } from "./hook-answers.ts";
import type { CallEvent, HookEvent } from "./hook-events.ts";
import { type HookSecrets, isSecret } from "./hook-secrets.ts";
import { type PasswordCall, readCall } from "./read-call.ts";

/**
 * From arrival to answer. Okta waits 3 seconds, which the network has its part of.
 *
 * @see docs/okta/password-hook.md#timing
 */
const ANSWER_WITHIN_MS = 2500;
/** 64 bits: two logins of a million share one with a chance of one in ten million. */
const DIGEST_CHARACTERS = 16;

/** A call as it arrives. */
export interface ArrivedCall {
  readonly authorization: string | undefined;
  /** Of whoever called, as far as the connection tells. */
  readonly callerAddress: string;
  /** Monotonic. */
  readonly arrivedAtMs: number;
  /** The whole body; asked for only once the caller is known. Never rejects. */
  readBody(signal: AbortSignal): Promise<BodyReading>;
}

/** A body, or why there is none. */
export type BodyReading = Uint8Array | "too-large" | "cut-off" | "too-slow";

/** What the endpoint works with. */
export interface EndpointParts {
  readonly clock: Clock;
  /** Asked for at every call: they change while the service runs. */
  readonly secrets: () => HookSecrets;
  readonly checker: () => PasswordChecker;
  readonly wrongPasswords: WrongPasswords;
  /** Keys the digests that stand for logins. */
  readonly digestKey: Secret<Uint8Array>;
  readonly emit: (event: HookEvent) => void;
}

const LATE: CheckAnswer = { kind: "untold", because: "late" };

/** What is told of a call besides its outcome. */
type Told = Omit<CallEvent, "event" | "status" | "durationMs">;

/**
 * Answers Okta's calls: 200 VERIFIED or UNVERIFIED, 400 for what is malformed, 401 without a secret, 503
 * where it could not be told in time. Never rejects.
 */
export class PasswordEndpoint {
  readonly #parts: EndpointParts;

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Answers one call, and tells of it. */
  async answer(call: ArrivedCall): Promise<HookAnswer> {
    const { clock, emit } = this.#parts;
    const over = new AbortController();
    const leftMs = call.arrivedAtMs + ANSWER_WITHIN_MS - clock.now();
    void clock.sleep(leftMs, over.signal).then(() => over.abort());
    try {
      const [answer, told] = await this.#judge(call, over.signal);
      const durationMs = Math.round(clock.now() - call.arrivedAtMs);
      emit({ event: "answered", ...told, status: answer.status, durationMs });
      return answer;
    } finally {
      over.abort();
    }
  }

  async #judge(call: ArrivedCall, signal: AbortSignal): Promise<readonly [HookAnswer, Told]> {
    if (!isSecret(call.authorization, this.#parts.secrets())) {
      return [
        failure(401, "The Authorization header is not the hook's secret."),
        { outcome: "unauthorized", address: call.callerAddress },
      ];
    }
    const body = await call.readBody(signal);
    if (typeof body === "string") return withoutBody(body);
    const read = readCall(body);
    body.fill(0);
    if ("malformed" in read) {
      const { malformed } = read;
      return [failure(400, malformed), { outcome: "malformed", because: malformed }];
    }
    return this.#check(read, call, signal);
  }

  async #check(
    { username, password, address = "", requestId }: PasswordCall,
    { callerAddress, arrivedAtMs }: ArrivedCall,
    signal: AbortSignal,
  ): Promise<readonly [HookAnswer, Told]> {
    const login = foldTypedLogin(username);
    const digest = this.#digestOf("login", login);
    const from = address === "" ? callerAddress : address;
    const known = {
      login: digest,
      address: from,
      ...(requestId === undefined ? {} : { requestId }),
    };
    const pair = this.#digestOf("pair", `${login}\n${from}`);
    const { wrongPasswords } = this.#parts;
    if (await inTime(wrongPasswords.isHeld(pair), false, signal)) {
      const told = "Too many wrong passwords for this login from this address: wait some minutes.";
      return [failure(503, told), { ...known, outcome: "held" }];
    }
    const answer = await this.#checkInTime(
      {
        login,
        username,
        password: Buffer.from(password, "utf8"),
        digest,
        address: from,
        deadlineMs: arrivedAtMs + ANSWER_WITHIN_MS,
        signal,
      },
      signal,
    );
    if (answer.kind === "verified") await inTime(wrongPasswords.noteRight(pair), undefined, signal);
    if (answer.kind === "wrong" || answer.kind === "unknown") {
      await inTime(wrongPasswords.noteWrong(pair), undefined, signal);
    }
    return answerTo(answer, known);
  }

  async #checkInTime(typed: TypedPassword, signal: AbortSignal): Promise<CheckAnswer> {
    try {
      const checking = this.#parts.checker().check(typed);
      return await Promise.race([checking, late(signal, LATE)]);
    } catch {
      // A mistake of this program: it may quote anything, and says nothing about the password.
      return { kind: "untold", because: "failed" };
    } finally {
      typed.password.fill(0);
    }
  }

  #digestOf(purpose: string, text: string): string {
    const mac = createHmac("sha256", this.#parts.digestKey.reveal());
    return mac.update(`${purpose}\n${text}`, "utf8").digest("hex").slice(0, DIGEST_CHARACTERS);
  }
}

function answerTo(answer: CheckAnswer, known: Partial<Told>): readonly [HookAnswer, Told] {
  const told = { ...known, ...answer.by };
  switch (answer.kind) {
    case "verified":
      return [VERIFIED, { ...told, outcome: "verified" }];
    case "wrong":
    case "unknown":
      return [UNVERIFIED, { ...told, outcome: answer.kind }];
    case "untold": {
      const { because } = answer;
      const summary = "The password could not be checked now; it is not known to be wrong.";
      return [failure(503, summary), { ...told, outcome: "untold", because }];
    }
  }
}

function withoutBody(why: Exclude<BodyReading, Uint8Array>): readonly [HookAnswer, Told] {
  switch (why) {
    case "too-large":
      return [failure(413, "The body is too large."), { outcome: "malformed", because: why }];
    case "cut-off":
      return [failure(400, "The body is not complete."), { outcome: "malformed", because: why }];
    case "too-slow":
      return [failure(503, "The body did not come in time."), { outcome: "untold", because: why }];
  }
}

function late<T>(signal: AbortSignal, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const give = (): void => resolve(otherwise);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
}

/** A throttle that can't be reached holds nobody back, and one that is slow no answer beyond its time. */
async function inTime<T>(work: Promise<T>, otherwise: T, signal: AbortSignal): Promise<T> {
  try {
    return await Promise.race([work, late(signal, otherwise)]);
  } catch {
    return otherwise;
  }
}
