import { connectForSignIn, parseOrgUrl } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { chooseNamedOrg } from "../../access/choose-named-org.ts";
import { KeptSignIns } from "../../access/kept-sign-ins.ts";
import { readLineSettings } from "../../access/org-access.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import { openSession, type Session } from "../../run/session.ts";

/** What `logout` was asked for. */
export interface LogoutOptions {
  /** Of every org, or only of the one that variables name. */
  readonly all: boolean;
  readonly json: boolean;
}

/**
 * Ends sign-ins.
 *
 * @throws {ConfigError} ORG_URL_MISSING and the like when no org is named; SIGN_IN_UNWRITABLE
 */
export async function runLogout({ all, json }: LogoutOptions): Promise<void> {
  const session = openSession({ json });
  const { environment, clock } = session;
  const kept = new KeptSignIns({ environment, clock });
  const known = await kept.origins();
  const wanted = all ? known : [(await chooseNamedOrg(environment, kept)).orgUrl.origin];
  const signedOut = wanted.filter((origin) => known.includes(origin));
  for (const origin of signedOut) {
    session.terminal.progress(`Signing out of ${origin} …`.slice(0, session.terminal.width() - 1));
    const revoked = await kept
      .exclusively(origin, () => signOut(origin, kept, session))
      .finally(() => session.terminal.clear());
    if (json) writeJsonLine({ event: "signed-out", org: origin, revoked });
    else session.terminal.print(saying(origin, revoked));
  }
  if (signedOut.length > 0) return;
  const where = all ? "any org" : wanted.join();
  if (json) writeJsonLine({ event: "signed-out", org: null, revoked: false });
  else session.terminal.print(`Nobody was signed in to ${where} by login; nothing was to be done.`);
}

/** @returns whether the org has ended the tokens */
async function signOut(
  origin: string,
  kept: KeptSignIns,
  { environment, clock, events }: Session,
): Promise<boolean> {
  // One that others can read is ended all the more; what can't be read can't be told to the org.
  const signIn = await kept.findEvenIfExposed(origin);
  if (signIn === undefined) {
    await kept.forget(origin);
    return false;
  }
  const connection = connectForSignIn({
    ...readLineSettings(environment),
    orgUrl: parseOrgUrl(origin),
    clientId: signIn.clientId,
    clock,
    random: systemRandom,
    events,
  });
  try {
    const revoked = await connection.revoke(signIn);
    await kept.forget(origin);
    return revoked;
  } finally {
    await connection.close();
  }
}

function saying(origin: string, revoked: boolean): string {
  return revoked
    ? `Signed out of ${origin}: the org has revoked the tokens, and they are deleted here.`
    : `Signed out of ${origin} on this machine alone: the tokens are deleted here, and the org could not be told. The org lets an access token end within the hour, and a refresh token when it is not used. To end them now, in the Admin Console: Directory > People > the person > More actions > Clear user sessions, and their tokens with them.`;
}
