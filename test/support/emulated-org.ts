import { afterEach } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { systemClock } from "../../src/platform/index.ts";

/** A running emulator, and what a command needs to reach it. */
export interface EmulatedOrg extends Emulator {
  readonly env: Readonly<Record<string, string>>;
  /** Signs somebody in, as a browser would; whether the org lets them. */
  signIn(login: string, password: string): Promise<boolean>;
}

const open: Emulator[] = [];

afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

/** Starts an emulated org that is gone after the test. */
export async function startEmulatedOrg(
  options: Omit<EmulatorOptions, "clock"> = {},
): Promise<EmulatedOrg> {
  const emulator = await startEmulator({ clock: systemClock, keptCalls: 10_000, ...options });
  open.push(emulator);
  return {
    ...emulator,
    env: { OKTA_ORG_URL: emulator.url, OKTA_API_TOKEN: "emulator-token" },
    signIn: async (username, password) => {
      const answer = await fetch(`${emulator.url}/api/v1/authn`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ username, password }),
      });
      const body = (await answer.json()) as { readonly status?: string };
      return body.status === "SUCCESS";
    },
  };
}
