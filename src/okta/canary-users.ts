import type {
  CanaryAnswer,
  CanaryCredential,
  CanaryUser,
  CanaryUsers,
  FindAnswer,
  RemoveAnswer,
  Secret,
  SignInAnswer,
} from "../core/index.ts";
import { orderHash, secretsOf, USERS_ROUTE } from "./create-request.ts";
import type { OrgCaller } from "./org-caller.ts";
import { ANSWER_LOST } from "./org-sender.ts";
import { removeUser } from "./remove-user.ts";
import { signIn } from "./sign-in.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";
import { readCreatedId } from "./user-answer.ts";
import { findUser } from "./user-lookup.ts";

/** Throw-away users over HTTP, by the same limits as everything else. */
export class OktaCanaryUsers implements CanaryUsers {
  readonly #caller: OrgCaller;

  constructor(caller: OrgCaller) {
    this.#caller = caller;
  }

  async create(user: CanaryUser, signal: AbortSignal): Promise<CanaryAnswer> {
    const { credential } = user;
    const secrets =
      credential.kind === "hash"
        ? secretsOf(credential.hash.reveal())
        : [credential.password.reveal()];
    const told = await this.#caller.tell(createRequest(user), { signal, secrets });
    switch (told.kind) {
      case "accepted":
        return readCreatedId(told.answer.json()) === undefined
          ? { kind: "lost", failure: ANSWER_LOST }
          : { kind: "created" };
      case "login-exists":
      case "absent":
      case "refused":
        return { kind: "refused", failure: told.failure };
      case "lost":
        return { kind: "lost", failure: told.failure };
    }
  }

  find(login: string, signal?: AbortSignal): Promise<FindAnswer> {
    return findUser(this.#caller, login, signal);
  }

  signIn(login: string, password: Secret, signal: AbortSignal): Promise<SignInAnswer> {
    return signIn(this.#caller, { login, password }, signal);
  }

  remove(oktaId: string): Promise<RemoveAnswer> {
    return removeUser(this.#caller, oktaId);
  }
}

/** Active at once and silently: a create that brings a password sends no mail. @see docs/okta/create-user.md#scenarios */
function createRequest({ profile, credential }: CanaryUser): OrgRequest {
  return {
    method: "POST",
    route: USERS_ROUTE,
    path: `${USERS_ROUTE}?activate=true`,
    body: JSON.stringify({ profile, credentials: { password: passwordOf(credential) } }),
    maxBodyBytes: SINGLE_BODY_BYTES,
  };
}

function passwordOf(credential: CanaryCredential): object {
  return credential.kind === "hash"
    ? { hash: orderHash(credential.hash.reveal()) }
    : { value: credential.password.reveal() };
}
