import {
  authorizeByProof,
  beginInBrowser,
  beginOnDevice,
  type BrowserSignIn,
  type DeviceSignIn,
  DpopProofs,
  KeptKey,
  type KeptSignIn,
  NativeApp,
  revokeSignIn,
  type ScopeNeeds,
} from "./access/index.ts";
import { type LineOptions, openLine } from "./org-line.ts";
import { METADATA_REQUEST } from "./org-metadata.ts";

/** One org, ready for a person to sign in or out. */
export interface SignInConnection {
  /**
   * Gets codes, with which somebody signs in on any device.
   *
   * @throws {OktaError} as {@link DeviceSignIn.finish}
   */
  beginOnDevice(needs: ScopeNeeds): Promise<DeviceSignIn>;
  /**
   * Makes the address at which somebody signs in with a browser on this machine, once the org has
   * answered: nobody is sent to one that is not there.
   *
   * @throws {OktaError} ORG_UNREACHABLE, ORG_UNAVAILABLE
   */
  beginInBrowser(wanted: {
    readonly scopes: readonly string[];
    /** Where this program listens. */
    readonly redirectUri: string;
  }): Promise<BrowserSignIn>;
  /**
   * Ends the tokens of a sign-in at the org, as far as it can be reached soon.
   *
   * @returns whether the org has ended them
   */
  revoke(signIn: KeptSignIn): Promise<boolean>;
  /** Ends everything that waits or is in flight. */
  close(): Promise<void>;
}

/** Connects to an org without a credential, for a person to sign in. Nothing is sent yet. */
export function connectForSignIn(
  options: Omit<LineOptions, "rateShare" | "maxConcurrency"> & {
    /** The native app through which somebody signs in. */
    readonly clientId: string;
  },
): SignInConnection {
  const { clientId, orgUrl, clock } = options;
  const { origin } = orgUrl;
  const line = openLine({ ...options, rateShare: 1, maxConcurrency: 1 });
  const key = new KeptKey();
  const proofs = new DpopProofs({ key, origin, nowS: () => line.serverClock.nowS() });
  const caller = line.callWith(authorizeByProof(proofs));
  const app = new NativeApp({ clientId, origin, caller, key, clock });
  return {
    beginOnDevice: (needs) => beginOnDevice(app, needs),
    beginInBrowser: async (wanted) => {
      await caller.ask(METADATA_REQUEST);
      return beginInBrowser(app, wanted);
    },
    revoke: (signIn) => revokeSignIn({ caller, clock }, signIn),
    close: () => line.close(),
  };
}
