import { Secret } from "../core/index.ts";

/** The operating system's own place for secrets, of one program. */
export interface Keychain {
  /** Undefined where there is none. */
  read(account: string): Promise<Secret | undefined>;
  /** Puts it in the place of the one before. */
  write(account: string, secret: Secret): Promise<void>;
  /** Whether there was one. */
  remove(account: string): Promise<boolean>;
}

/** On Linux the kernel's keyring is another one that forgets everything at the end of a session. */
const OPTIONS = { linux: { store: "secret-service" } } as const;

/**
 * Opens the keychain: of macOS, of Windows, or the Secret Service of a Linux desktop.
 *
 * @param service under which this program's secrets stand
 * @throws {Error} when there is none on this machine; its methods reject when it does not answer
 */
export async function openKeychain(service: string): Promise<Keychain> {
  const { AsyncEntry } = await import("@napi-rs/keyring");
  const entry = (account: string): InstanceType<typeof AsyncEntry> =>
    new AsyncEntry(service, account, OPTIONS);
  return {
    read: async (account) => {
      const text = await entry(account).getPassword();
      return text === null ? undefined : new Secret(text);
    },
    write: async (account, secret) => {
      await entry(account).setPassword(secret.reveal());
    },
    remove: (account) => entry(account).deleteCredential(),
  };
}
