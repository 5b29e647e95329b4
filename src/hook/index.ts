/*
 * hook owns the password import inline hook: sealing stored hashes into a store that is useless without
 * its key, checking typed passwords against it in a line that refuses what would come too late, counting
 * wrong ones, alone or with other replicas, and answering Okta's calls over HTTP. It must never tell a login or a password to anyone, say of a password
 * that it is wrong when it could not be told, or read a source or a config file itself.
 */
export { chainCheckers } from "./checking/chain-checkers.ts";
export { CheckLine, type LineLoad } from "./checking/check-line.ts";
export { checkByHash } from "./checking/hash-checker.ts";
export type { HashLookup, HashStore, Untold } from "./checking/hash-store.ts";
export type { CheckAnswer, PasswordChecker, TypedPassword } from "./checking/password-checker.ts";
export { countInRedis, type RedisAccess } from "./throttle/count-in-redis.ts";
export { loadRedis } from "./throttle/load-redis.ts";
export { type SharedCount, SharedThrottle } from "./throttle/shared-throttle.ts";
export { parseThrottleAddress, type ThrottleAddress } from "./throttle/throttle-address.ts";
export { countWrongPasswords, type WrongPasswords } from "./throttle/wrong-passwords.ts";
export { isStoreAddress, parseStoreAddress, type StoreAddress } from "./on-server/store-address.ts";
export {
  openServerStore,
  type ServedStore,
  type StoreListener,
} from "./on-server/open-server-store.ts";
export { beginSealingOnServer } from "./on-server/seal-on-server.ts";
export type { ServerStore, StoreServer } from "./on-server/store-server.ts";
export { beginWipingOnServer } from "./on-server/wipe-on-server.ts";
export {
  type AwaitedPlace,
  awaitPlace,
  type OpenedPlace,
  type PlaceNews,
} from "./remote/await-place.ts";
export { checkByDirectory } from "./remote/check-by-directory.ts";
export type { DirectorySettings, LdapLibrary } from "./remote/directory-client.ts";
export { probeDirectory } from "./remote/probe-directory.ts";
export { checkByEndpoint, type EndpointSettings } from "./remote/check-by-endpoint.ts";
export { guardChecker } from "./remote/guard-checker.ts";
export { type AskedLogin, hashesByQuery, type QuerySettings } from "./remote/hashes-by-query.ts";
export {
  beginSealing,
  type LoginHash,
  type SealedCounts,
  type Sealing,
  type SealingOptions,
} from "./sealing/begin-sealing.ts";
export { openSealedStore, type SealedStore } from "./sealing/open-sealed-store.ts";
export { beginWiping, type Wiping } from "./sealing/wipe-store.ts";
export { parseSealKey, type SealKey } from "./sealing/seal-key.ts";
export { digestKeyOf } from "./serving/digest-key.ts";
export type { CallEvent, HookEvent, ReloadedFile, SharedServer } from "./serving/hook-events.ts";
export { HookMetrics } from "./serving/hook-metrics.ts";
export { type HookSecrets, parseHookSecrets } from "./serving/hook-secrets.ts";
export { PasswordEndpoint } from "./serving/password-endpoint.ts";
export {
  DRAIN_WITHIN_MS,
  type HookServer,
  serveHook,
  type TlsFiles,
} from "./serving/serve-hook.ts";
export { type InventedCall, inventCall } from "./trial/invent-call.ts";
export { type TrialFinding, type TrialName, tryService } from "./trial/try-service.ts";
export { watchFiles } from "./serving/watch-files.ts";
