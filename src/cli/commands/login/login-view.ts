import { printable } from "../../../core/index.ts";
import type { DeviceSignIn, KeptSignIn } from "../../../okta/index.ts";
import { formatDuration } from "../../../reports/index.ts";
import type { SignInPlace } from "../../access/kept-sign-ins.ts";
import { writeJsonLine } from "../../output/json-lines.ts";
import type { Terminal } from "../../output/terminal.ts";

/** Tells how a sign-in goes. */
export interface LoginView {
  /** What is to be opened, on any device. */
  device(codes: Omit<DeviceSignIn, "finish">): void;
  /** What is to be opened, on this machine. */
  browser(address: string, lifetimeMs: number): void;
  signedIn(signIn: KeptSignIn, place: SignInPlace): void;
}

/** Tells it to people. */
export function humanLoginView(terminal: Terminal): LoginView {
  const { style } = terminal;
  return {
    device: ({ userCode, uri, uriComplete, lifetimeMs }) => {
      const page = style.bold(printable(uriComplete ?? uri));
      const deed = uriComplete === undefined ? "Type" : "See that it shows, or type,";
      terminal.print(`To sign in, open this page in any browser:\n\n  ${page}\n`);
      terminal.print(`\n${deed} this code: ${style.bold(userCode)}`);
      terminal.print(`Waiting for up to ${formatDuration(lifetimeMs)} …`);
    },
    browser: (address, lifetimeMs) => {
      terminal.print(`To sign in, open this page in a browser on this machine:\n\n  ${address}\n`);
      terminal.print(`\nWaiting for up to ${formatDuration(lifetimeMs)} …`);
    },
    signedIn: (signIn, place) => {
      const { origin, login, refreshToken } = signIn;
      const who = login === undefined ? "" : ` as ${login}`;
      terminal.print(`Signed in to ${origin}${who}. Kept ${printable(place.description)}.`);
      if (refreshToken !== undefined) return;
      terminal.print(
        `${style.yellow("warning:")} It ends within the hour: the app gives no refresh token.`,
      );
      terminal.print(
        "  In the Admin Console, Applications > Applications > the app > General > General Settings > Grant type: tick Refresh Token.",
      );
    },
  };
}

/** Tells it to programs. */
export function jsonLoginView(): LoginView {
  return {
    device: ({ userCode, uri, uriComplete, lifetimeMs }) =>
      writeJsonLine({ event: "verification", uri, userCode, uriComplete, lifetimeMs }),
    browser: (uri, lifetimeMs) => writeJsonLine({ event: "verification", uri, lifetimeMs }),
    signedIn: ({ origin, login, clientId, scopes, refreshToken }, place) =>
      writeJsonLine({
        event: "signed-in",
        org: origin,
        login,
        clientId,
        scopes,
        renewable: refreshToken !== undefined,
        keptIn: place.kind,
      }),
  };
}
