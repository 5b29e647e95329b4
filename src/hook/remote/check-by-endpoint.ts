import type { Secret } from "../../core/index.ts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "../checking/password-checker.ts";

/** An old login endpoint, and how it is asked. */
export interface EndpointSettings {
  readonly url: string;
  readonly body: "json" | "form";
  readonly usernameField: string;
  readonly passwordField: string;
  /** Statuses that say that a password is right, and that it is wrong; any other says nothing. */
  readonly right: readonly number[];
  readonly wrong: readonly number[];
  /** Sent as `Authorization`. */
  readonly authorization: Secret | undefined;
}

const STORE = "endpoint";

/** Checks passwords by asking an old login endpoint over HTTP. Redirects are not followed. */
export function checkByEndpoint(settings: EndpointSettings): PasswordChecker {
  return {
    name: STORE,
    check: async (typed) => {
      try {
        return judge(await ask(settings, typed), settings);
      } catch {
        // What went wrong may quote what was sent.
        return { kind: "untold", because: "unreadable", by: { store: STORE } };
      }
    },
  };
}

async function ask(settings: EndpointSettings, typed: TypedPassword): Promise<number> {
  const { usernameField, passwordField, authorization } = settings;
  const fields = {
    [usernameField]: typed.username,
    [passwordField]: Buffer.from(typed.password).toString("utf8"),
  };
  const isForm = settings.body === "form";
  const answer = await fetch(settings.url, {
    method: "POST",
    redirect: "manual",
    signal: typed.signal,
    headers: {
      accept: "application/json",
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      ...(authorization === undefined ? {} : { authorization: authorization.reveal() }),
    },
    body: isForm ? String(new URLSearchParams(fields)) : JSON.stringify(fields),
  });
  await answer.body?.cancel();
  return answer.status;
}

function judge(status: number, { right, wrong }: EndpointSettings): CheckAnswer {
  const by = { store: STORE };
  if (right.includes(status)) return { kind: "verified", by };
  if (wrong.includes(status)) return { kind: "wrong", by };
  return { kind: "untold", because: "unreadable", by };
}
