import {
  beginWiping,
  beginWipingOnServer,
  isStoreAddress,
  type Wiping,
} from "../../../../hook/index.ts";
import type { Session } from "../../../run/session.ts";
import { beginOnStoreServer, type BegunOnServer } from "../open-store-server.ts";
import { readSealKey } from "../read-hook-files.ts";

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
): Promise<BegunOnServer<Wiping>> {
  const key = await readSealKey(environment, events);
  return isStoreAddress(store)
    ? beginOnStoreServer(store, environment, (place) => beginWipingOnServer(place, key))
    : { begun: await beginWiping(store, key), close: () => undefined };
}
