import {
  beginWiping,
  beginWipingOnServer,
  isStoreAddress,
  type Wiping,
} from "../../../../hook/index.ts";
import type { Session } from "../../../run/session.ts";
import { openStoreServer } from "../open-store-server.ts";
import { readSealKey } from "../read-hook-files.ts";

/** A wiping, and how what it needs is given back. */
export interface OpenWiping {
  readonly wiping: Wiping;
  readonly close: () => void;
}

/**
 * Begins to take hashes out of a sealed store.
 *
 * @param store a path, or the address of a server
 * @throws {ConfigError} SEAL_KEY_MISSING, SEAL_KEY_INVALID, SEAL_KEY_WRONG, SEALED_STORE_UNREADABLE,
 *   SEALED_STORE_UNWRITABLE, OPTION_INVALID
 */
export async function openStoreWiping(
  store: string,
  { environment, events }: Session,
): Promise<OpenWiping> {
  const key = await readSealKey(environment, events);
  if (!isStoreAddress(store)) {
    return { wiping: await beginWiping(store, key), close: () => undefined };
  }
  const place = await openStoreServer(store, environment);
  const close = (): void => place.server.close();
  try {
    return { wiping: await beginWipingOnServer(place, key), close };
  } catch (error) {
    close();
    throw error;
  }
}
