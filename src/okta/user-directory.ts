import { setMaxListeners } from "node:events";
import {
  type CreateAnswer,
  type FindAnswer,
  InvariantError,
  type NewUser,
  type SendPermit,
  type Traffic,
  type UpdateAnswer,
  type UserChange,
  type UserDirectory,
} from "../core/index.ts";
import { createRequest, secretsOf, updateRequest, USERS_ROUTE } from "./create-request.ts";
import type { OrgCaller } from "./org-caller.ts";
import { type Admission, ANSWER_LOST } from "./org-sender.ts";
import type { ServerClock } from "./server-clock.ts";
import { readCreatedId } from "./user-answer.ts";
import { findUser } from "./user-lookup.ts";

const CREATE_BUCKET = `POST ${USERS_ROUTE}`;

interface HeldAdmission {
  admission: Admission | undefined;
  readonly signal: AbortSignal;
}

/**
 * The org's users over HTTP.
 *
 * A create that the org certainly did not act on (429, read-only, no connection) is sent again
 * under the same permit; one that it may have acted on is reported lost and never sent again here.
 * While a create waits to be sent again it ends with the reason of the signal given to `admit`.
 */
export class OktaUserDirectory implements UserDirectory {
  readonly #caller: OrgCaller;
  readonly #serverClock: ServerClock;
  readonly #traffic: () => Traffic;
  readonly #held = new WeakMap<SendPermit, HeldAdmission>();
  #signal: AbortSignal | undefined;

  constructor(options: {
    readonly caller: OrgCaller;
    readonly serverClock: ServerClock;
    readonly traffic: () => Traffic;
  }) {
    this.#caller = options.caller;
    this.#serverClock = options.serverClock;
    this.#traffic = options.traffic;
  }

  async admit(signal: AbortSignal): Promise<SendPermit> {
    this.#expectManyWaiters(signal);
    const { sender } = this.#caller;
    const admission = await sender.admit(CREATE_BUCKET, "write", { signal, again: false });
    const held: HeldAdmission = { admission, signal };
    const permit: SendPermit = {
      notBeforeMs: this.#serverClock.earliestNowMs(),
      release: () => {
        const unused = takeFrom(held);
        if (unused !== undefined) sender.release(unused);
      },
    };
    this.#held.set(permit, held);
    return permit;
  }

  async create(user: NewUser, permit: SendPermit): Promise<CreateAnswer> {
    const held = this.#held.get(permit);
    const admission = held === undefined ? undefined : takeFrom(held);
    if (held === undefined || admission === undefined) {
      throw new InvariantError("a create was sent without a permit, or with a used one");
    }
    const { credential } = user;
    const told = await this.#caller.tell(createRequest(user), {
      admission,
      signal: held.signal,
      secrets: credential.kind === "hash" ? secretsOf(credential.hash.reveal()) : [],
    });
    switch (told.kind) {
      case "accepted": {
        const oktaId = told.answer.leadingId() ?? readCreatedId(told.answer.json());
        if (oktaId === undefined) return { kind: "lost", failure: ANSWER_LOST };
        return { kind: "created", oktaId };
      }
      case "login-exists":
        return { kind: "login-exists" };
      case "absent":
      case "refused":
        return { kind: "refused", failure: told.failure };
      case "lost":
        return told;
    }
  }

  find(login: string, signal: AbortSignal): Promise<FindAnswer> {
    this.#expectManyWaiters(signal);
    return findUser(this.#caller, login, signal);
  }

  async update(oktaId: string, change: UserChange, signal: AbortSignal): Promise<UpdateAnswer> {
    this.#expectManyWaiters(signal);
    const asked = await this.#caller.ask(updateRequest(oktaId, change), {
      signal,
      urgent: true,
      secrets: secretsOf(change.hash?.reveal()),
    });
    return asked.kind === "accepted"
      ? { kind: "updated" }
      : { kind: "refused", failure: asked.failure };
  }

  traffic(): Traffic {
    return this.#traffic();
  }

  /** All requests of a run wait on one signal, which Node would take for a leak. */
  #expectManyWaiters(signal: AbortSignal): void {
    if (signal === this.#signal) return;
    this.#signal = signal;
    setMaxListeners(0, signal);
  }
}

function takeFrom(held: HeldAdmission): Admission | undefined {
  const { admission } = held;
  held.admission = undefined;
  return admission;
}
