import { NATIVE_APP } from "../../src/emulator/index.ts";
import {
  connectForSignIn,
  connectOrg,
  type KeptSignIn,
  type OrgOptions,
  type ScopeNeeds,
  type SignInStore,
} from "../../src/okta/index.ts";

const NEEDS: ScopeNeeds = {
  required: ["okta.users.manage", "okta.inlineHooks.read"],
  optional: [],
};
const REDIRECT_URI = "http://127.0.0.1:9/callback";

/**
 * Signs a person in by device and by browser, renews what came of it, and signs out.
 *
 * @param how what every connection to the org is made with
 */
export async function driveSignIns(how: Omit<OrgOptions, "credential">): Promise<void> {
  const people = connectForSignIn({ ...how, clientId: NATIVE_APP.clientId });
  try {
    const onDevice = await people.beginOnDevice(NEEDS);
    await people.revoke(await onDevice.finish(new AbortController().signal));
    const scopes = NEEDS.required;
    const inBrowser = await people.beginInBrowser({ scopes, redirectUri: REDIRECT_URI });
    const { headers } = await fetch(inBrowser.address, { redirect: "manual" });
    const { searchParams } = new URL(headers.get("location") ?? "");
    const signedIn = await inBrowser.finish(searchParams);
    // As it is when the access token has ended and another one is got.
    await useOnce(how, storeOf({ ...signedIn, endsAtMs: 0 }));
  } finally {
    await people.close();
  }
}

async function useOnce(how: Omit<OrgOptions, "credential">, store: SignInStore): Promise<void> {
  const org = connectOrg({ ...how, credential: { kind: "sign-in", store }, scopes: NEEDS });
  try {
    await org.hasActivePasswordHook();
  } finally {
    await org.close();
  }
}

/** A store in memory. */
function storeOf(first: KeptSignIn): SignInStore {
  let kept = first;
  return {
    read: () => Promise.resolve(kept),
    write: (signIn) => {
      kept = signIn;
      return Promise.resolve();
    },
    exclusively: (work) => work(),
  };
}
