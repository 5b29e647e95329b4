import { OktaError } from "../../../core/index.ts";
import {
  connectForSignIn,
  HOW_TO_GRANT,
  type KeptSignIn,
  missingScopes,
  type ScopeNeeds,
  type SignInConnection,
} from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { chooseOrg, givenSecrets } from "../../access/choose-way.ts";
import { KeptSignIns, type SignInPlace } from "../../access/kept-sign-ins.ts";
import { readLineSettings } from "../../access/org-access.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import { type CallbackListener, listenForCallback } from "./callback-listener.ts";
import { chooseClient } from "./choose-client.ts";
import { humanLoginView, jsonLoginView, type LoginView } from "./login-view.ts";
import type { LoginOptions } from "./options.ts";
import { signInUnlessStopped } from "./sign-in-unless-stopped.ts";
import { browserScopes, missedScopes, wantedScopes } from "./wanted-scopes.ts";

/** How long a browser is waited for. */
const BROWSER_MS = 5 * 60_000;

/** How long an org may be down before that is what is told: somebody sits and waits. */
const GIVE_UP_AFTER_MS = 60_000;

/** Signs a person in, and keeps the sign-in for the other commands. */
export async function runLogin(options: LoginOptions): Promise<ExitCode> {
  const session = openSession(options);
  const { environment, clock, events, terminal, view: told } = session;
  const kept = new KeptSignIns({ environment, clock });
  const { orgUrl, family } = chooseOrg(environment);
  // What can't be read is replaced.
  const last = (await kept.find(orgUrl.origin).catch(() => undefined))?.signIn;
  const clientId = chooseClient({
    flag: options.clientId,
    environment,
    family,
    before: last?.clientId,
  });
  const lineSettings = { ...readLineSettings(environment), orgUrl, clock, events };
  await kept.tryOut(orgUrl.origin);
  const connection = connectForSignIn({
    ...lineSettings,
    clientId,
    health: { giveUpAfterMs: GIVE_UP_AFTER_MS },
    random: systemRandom,
  });
  let isSignedIn = false;
  const stop = openStopSignal({
    clock,
    stopAt: undefined,
    onStop: () => told.say(isSignedIn ? TOO_LATE : "Stopping: nobody is signed in."),
  });
  const view = options.json ? jsonLoginView() : humanLoginView(terminal);
  const needs = wantedScopes(options);
  const { signal } = stop;
  const revoke = (signIn: KeptSignIn): Promise<boolean> => connection.revoke(signIn);
  try {
    const context = { options, connection, view, session, needs, signal };
    const signingIn = options.browser ? signInByBrowser(context) : signInByDevice(context);
    const end = await signInUnlessStopped({ signingIn, signal, clock, revoke });
    if (end.kind === "stopped") {
      if (end.granted !== "nothing") told.say(GRANTED_LATE[end.granted]);
      return EXIT.interrupted;
    }
    isSignedIn = true;
    tellMissing(missedScopes(options), end.signIn, session);
    view.signedIn(end.signIn, await keepInstead(end.signIn, kept, revoke));
    tellWinning(givenSecrets(family, environment), session);
    return EXIT.ok;
  } finally {
    stop.dispose();
    await connection.close();
  }
}

const TOO_LATE = "You are signed in already; okta-migrate logout ends it.";
const GRANTED_LATE = {
  revoked: "The org had granted tokens by then, and has revoked them.",
  "not-revoked":
    "The org had granted tokens by then, and could not be told to revoke them. They are not kept here, and end when they are not used.",
};

/** Keeps a sign-in in the place of the one before, which is ended at the org. */
async function keepInstead(
  signIn: KeptSignIn,
  kept: KeptSignIns,
  revoke: (signIn: KeptSignIn) => Promise<boolean>,
): Promise<SignInPlace> {
  const { place, before } = await kept.replace(signIn).catch(async (error: unknown) => {
    // Nobody could use it, nor end it later.
    await revoke(signIn);
    throw error;
  });
  if (before !== undefined) await revoke(before);
  return place;
}

function tellWinning(variables: readonly string[], { events }: Session): void {
  if (variables.length === 0) return;
  events.emit({
    event: "warning",
    message: `${variables.join(", ")} is set: the other commands use it, and not this sign-in.`,
    hint: `Unset ${variables.join(", ")} to have them use the sign-in.`,
  });
}

interface LoginContext {
  readonly options: LoginOptions;
  readonly connection: SignInConnection;
  readonly view: LoginView;
  readonly session: Session;
  readonly needs: ScopeNeeds;
  readonly signal: AbortSignal;
}

async function signInByDevice({
  connection,
  view,
  needs,
  signal,
}: LoginContext): Promise<KeptSignIn> {
  const begun = await unlessStopped(connection.beginOnDevice(needs), signal);
  if (begun === undefined) throw new Error("the sign-in was stopped");
  view.device(begun);
  return begun.finish(signal);
}

async function signInByBrowser(context: LoginContext): Promise<KeptSignIn> {
  const { options, session } = context;
  const listener = await listenForCallback(options.port);
  try {
    const [all = [], ...fewer] = browserScopes(options);
    let scopes = all;
    for (;;) {
      try {
        return await signInForScopes(context, listener, scopes);
      } catch (error) {
        const next = fewer.shift();
        if (next === undefined || !refusesScopes(error)) throw error;
        scopes = next;
        session.events.emit({ event: "warning", ...FEWER });
      }
    }
  } finally {
    await listener.close();
  }
}

const FEWER = {
  message: "The org refused the scopes that were asked for; fewer are asked for now.",
  hint: "Open the next page too: you need not type your password again.",
};

/** Whether a sign-in was refused for its scopes alone. @see docs/okta/access.md#token-endpoint */
function refusesScopes(error: unknown): boolean {
  return error instanceof OktaError && error.code === "ORG_SCOPE_NOT_GRANTED";
}

async function signInForScopes(
  { connection, view, session, signal }: LoginContext,
  listener: CallbackListener,
  scopes: readonly string[],
): Promise<KeptSignIn> {
  const stopWaiting = new AbortController();
  const ends = AbortSignal.any([signal, stopWaiting.signal]);
  try {
    const beginning = connection.beginInBrowser({ scopes, redirectUri: listener.uri });
    const begun = await unlessStopped(beginning, signal);
    if (begun === undefined) throw new Error("the sign-in was stopped");
    view.browser(begun.address, BROWSER_MS);
    const answer = await Promise.race([
      listener.next((query) => begun.isAnswer(query)),
      session.clock.sleep(BROWSER_MS, ends),
    ]);
    signal.throwIfAborted();
    if (answer === undefined) throw nobodyCame(listener.uri);
    return await begun.finish(answer);
  } finally {
    stopWaiting.abort();
  }
}

function tellMissing(needs: ScopeNeeds, { scopes }: KeptSignIn, { events }: Session): void {
  const { list } = missingScopes(needs, scopes);
  if (list === undefined) return;
  events.emit({
    event: "warning",
    message: `The app was not granted ${list}.`,
    hint: `To have it, ${HOW_TO_GRANT}; then run okta-migrate login again.`,
  });
}

function nobodyCame(redirectUri: string): OktaError {
  return new OktaError({
    code: "SIGN_IN_EXPIRED",
    message: "Nobody signed in in time: no browser came back from the org.",
    hint: `Run it again. Where the org's page speaks of redirect_uri: in the Admin Console, Applications > Applications > the app > General > Sign-in redirect URIs, add ${redirectUri}, and give its port by --port. Without --browser none is needed.`,
  });
}
