import type { PasswordHash } from "../../core/index.ts";
import { verifyPassword } from "../../passwords/index.ts";
import { noteEvents } from "../log/note-events.ts";
import { notePassword } from "../org/lock-out.ts";
import type { Org } from "../org/org.ts";
import { malformedBody, OrgRefusal } from "../org/org-refusal.ts";
import { profileOf, type UserRecord } from "../org/user-record.ts";
import { type Answer, bodyOf, jsonAnswer, type RoutedCall } from "./call.ts";
import { importPassword, type Typed } from "./import-password.ts";

const SESSION_TOKEN_LENGTH = 20;
const STATE_TOKEN_LENGTH = 42;
const TRANSACTION_MS = 5 * 60_000;

/**
 * `POST /api/v1/authn`: checks a password against the hash that was stored, or asks the import hook.
 *
 * Where a policy lets nobody in, everybody is told what a wrong password is told; so are users in another status than ACTIVE and PASSWORD_EXPIRED.
 */
export async function signIn(org: Org, call: RoutedCall): Promise<Answer> {
  const { username, password } = bodyOf(call);
  if (typeof username !== "string" || typeof password !== "string") throw malformedBody();
  const user = org.users.bySignInName(username);
  const happening = { type: "user.session.start", user, by: "user" } as const;
  const wasLocked = user?.status === "LOCKED_OUT";
  try {
    const given = await authenticate(org, call, { user, username, password });
    noteEvents(org, call, happening);
    return given;
  } catch (refusal) {
    const isWrong = refusal instanceof OrgRefusal && refusal.status === 401;
    const wrong = wasLocked ? "LOCKED_OUT" : "INVALID_CREDENTIALS";
    const reason = isWrong ? wrong : "VERIFICATION_ERROR";
    noteEvents(org, call, { ...happening, result: "FAILURE", reason });
    throw refusal;
  }
}

async function authenticate(
  org: Org,
  call: RoutedCall,
  { user, ...typed }: Typed & { readonly user: UserRecord | undefined },
): Promise<Answer> {
  if (user === undefined || !(await canSignIn(org, call, { user, ...typed }))) {
    throw new OrgRefusal(401, "E0000004", "Authentication failed");
  }
  const expiresAt = org.isoOf(org.now() + TRANSACTION_MS);
  if (user.status === "PASSWORD_EXPIRED") {
    const stateToken = org.token(STATE_TOKEN_LENGTH);
    return answer({ stateToken, expiresAt, status: "PASSWORD_EXPIRED" }, org, user);
  }
  org.remember(user);
  user.lastLoginAt = org.now();
  const sessionToken = org.token(SESSION_TOKEN_LENGTH);
  return answer({ expiresAt, status: "SUCCESS", sessionToken }, org, user);
}

/** The password comes first, then the policy; a user may have changed while a hook was asked. */
async function canSignIn(
  org: Org,
  call: RoutedCall,
  attempt: Typed & { readonly user: UserRecord },
): Promise<boolean> {
  const { user } = attempt;
  const isRight = mayTry(org, user) && (await isPassword(org, call, attempt));
  return isRight && mayTry(org, user) && !org.manners.denySignIn;
}

function mayTry(org: Org, user: UserRecord): boolean {
  if (org.isActivating(user)) return false;
  return user.status === "ACTIVE" || user.status === "PASSWORD_EXPIRED";
}

async function isPassword(
  org: Org,
  call: RoutedCall,
  attempt: Typed & { readonly user: UserRecord },
): Promise<boolean> {
  const { user, password } = attempt;
  if (user.password === undefined) return false;
  if (user.password === "hook") return importPassword(org, call, attempt);
  const hash = JSON.parse(user.password) as PasswordHash;
  const isRight = await verifyPassword(asRead(hash, org.manners.sha256Salt), password);
  const note = notePassword(org, user, isRight);
  if (note === "locked-out") {
    const type = "user.account.lock";
    noteEvents(org, call, { type, user, by: "user", result: "FAILURE", reason: "LOCKED_OUT" });
  }
  return note === "right";
}

/** The hash as an org means it that takes SHA-256's salt for its bytes as it stands. */
function asRead(hash: PasswordHash, sha256Salt: "decoded" | "literal"): PasswordHash {
  if (hash.algorithm !== "SHA-256" || hash.salt === undefined || sha256Salt === "decoded") {
    return hash;
  }
  return { ...hash, salt: Buffer.from(hash.salt, "utf8").toString("base64") };
}

function answer(head: Readonly<Record<string, string>>, org: Org, user: UserRecord): Answer {
  const { login, firstName, lastName, locale, timezone } = profileOf(user);
  const embedded = {
    id: org.users.idOf(user),
    passwordChanged: org.isoOf(user.passwordChangedAt),
    profile: {
      login,
      firstName,
      lastName,
      locale: locale ?? "en_US",
      timeZone: timezone ?? "America/Los_Angeles",
    },
  };
  return jsonAnswer(JSON.stringify({ ...head, _embedded: { user: embedded } }));
}
