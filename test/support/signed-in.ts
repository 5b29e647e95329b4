import { KeptSignIns } from "../../src/cli/access/kept-sign-ins.ts";
import { connectForSignIn, type KeptSignIn, parseOrgUrl } from "../../src/okta/index.ts";
import { systemClock } from "../../src/platform/index.ts";

const SCOPES = ["okta.users.manage", "okta.users.read", "okta.schemas.read"];

/** Where somebody signs in. */
export interface SignInScene {
  readonly orgUrl: string;
  readonly clientId: string;
  /** What `XDG_CONFIG_HOME` is to be. */
  readonly configFolder: string;
  /** @default what an import takes */
  readonly scopes?: readonly string[];
}

/** Signs somebody in to an emulated org as `login --browser` does, without starting a process. */
export async function signInto(scene: SignInScene): Promise<KeptSignIn> {
  const connection = connectForSignIn({
    orgUrl: parseOrgUrl(scene.orgUrl),
    clientId: scene.clientId,
    clock: systemClock,
    random: () => 0.5,
    events: { emit: () => undefined },
  });
  try {
    const redirectUri = "http://127.0.0.1:9/callback";
    const begun = await connection.beginInBrowser({ scopes: scene.scopes ?? SCOPES, redirectUri });
    const answer = await fetch(begun.address, { redirect: "manual" });
    const location = new URL(answer.headers.get("location") ?? "");
    const signIn = await begun.finish(location.searchParams);
    await keptIn(scene.configFolder).keep(signIn);
    return signIn;
  } finally {
    await connection.close();
  }
}

/** The sign-ins below a config folder, in files. */
export function keptIn(configFolder: string): KeptSignIns {
  const environment = { XDG_CONFIG_HOME: configFolder, OKTA_MIGRATE_TOKEN_STORE: "file" };
  return new KeptSignIns({ environment });
}
