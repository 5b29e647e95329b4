import { isMigrationError } from "../../../../core/index.ts";
import type { HookEvent, SharedServer, StoreListener } from "../../../../hook/index.ts";

type Emit = (event: HookEvent) => void;

/** Tells what becomes of a sealed store on a server. */
export function tellOfStore(emit: Emit): StoreListener {
  return {
    onReloaded: () => emit({ event: "reloaded", file: "store" }),
    onNotReloaded: (error) => {
      const because = isMigrationError(error) ? error.message : "unknown";
      emit({ event: "not-reloaded", file: "store", because });
    },
    onReachable: tellOfServer("store", emit),
  };
}

/** Tells that a server is lost, and that it is back. */
export function tellOfServer(
  server: SharedServer,
  emit: Emit,
): (isReachable: boolean, because: string) => void {
  return (isReachable, because) =>
    emit(
      isReachable ? { event: "server-back", server } : { event: "server-lost", server, because },
    );
}
