/*
 * sample owns invented users: names of several scripts, addresses that reach no one, passwords and
 * their hashes. The same seed invents the same users everywhere. It never holds a real person's
 * data, never opens a file and never keeps more than one user in memory.
 */
export {
  inventCredentials,
  type InventCredentialsOptions,
  type InventedCredential,
} from "./invent-credentials.ts";
export { inventUsers, type InventedUser, type InventUsersOptions } from "./invent-users.ts";
export {
  PASSWORDS_HEADER,
  renderHeader,
  renderPassword,
  renderUser,
  SAMPLE_FORMATS,
  SAMPLE_HASHES,
  type SampleFormat,
  type SampleHash,
} from "./render-users.ts";
