import type { HookShape } from "./hook-schema.ts";
import type { ConfiguredStore } from "./migration-config.ts";

/** The places where passwords are checked, with what is left out filled in. */
export function buildStores(hook: HookShape | undefined): readonly ConfiguredStore[] {
  return (hook?.stores ?? []).map((store): ConfiguredStore => {
    if ("sealed" in store) return { kind: "sealed", path: store.sealed };
    if ("endpoint" in store) {
      return {
        kind: "endpoint",
        url: store.endpoint,
        body: store.body ?? "json",
        usernameField: store.username ?? "username",
        passwordField: store.password ?? "password",
        right: store.right ?? [200],
        wrong: store.wrong ?? [401, 403],
      };
    }
    if ("database" in store) return { kind: "database", ...store.database };
    const { directory: url, filter, bind, startTls } = store;
    const reader = bind === undefined ? {} : { bindDn: bind };
    return { kind: "directory", url, filter, startTls: startTls ?? false, ...reader };
  });
}
