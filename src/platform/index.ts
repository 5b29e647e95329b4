/*
 * platform owns Node itself: the clock, randomness, signals and private files. It knows nothing of
 * users, orgs or runs, and nothing else reads the time.
 */
export { onInterrupt } from "./interrupt.ts";
export {
  makePrivateFolder,
  openPrivateFile,
  type PrivateFile,
  replacePrivateFile,
} from "./private-file.ts";
export { secretRandomBytes } from "./secret-random.ts";
export { systemClock, systemRandom } from "./system-clock.ts";
