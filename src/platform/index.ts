/*
 * platform owns Node itself: the clock, randomness, signals, private files and the keychain. It knows
 * nothing of users, orgs or runs, and nothing else reads the time.
 */
export { onInterrupt } from "./interrupt.ts";
export { type Keychain, openKeychain } from "./keychain.ts";
export { type HeldLock, holdLockFile, type LockOptions, withLockFile } from "./lock-file.ts";
export {
  isAbsence,
  makePrivateFolder,
  openPrivateFile,
  type PrivateFile,
  type PrivateText,
  readPrivateFile,
  replacePrivateFile,
  tryPrivateFile,
} from "./private-file.ts";
export { makeFolders } from "./make-folders.ts";
export { secretRandomBytes } from "./secret-random.ts";
export { systemClock, systemRandom } from "./system-clock.ts";
