/*
 * sample owns invented users: names of many scripts, addresses that reach no one, passwords and their
 * hashes, and on request the troubles that real tables have; and records shaped after those of a
 * source, without any of its values. The same seed invents the same users everywhere. It never holds
 * a real person's data longer than it takes to measure it, never opens a file and never keeps more
 * than one user in memory.
 */
export { firebaseParams, inventFirebaseProject } from "./credentials/firebase-project.ts";
export {
  inventCredentials,
  type InventCredentialsOptions,
  type InventedCredential,
} from "./credentials/invent-credentials.ts";
export type { RecordWriter } from "./formats/record-writer.ts";
export { SAMPLE_HASHES, type SampleHash, settingsOf } from "./credentials/sample-hashes.ts";
export {
  LineCounter,
  PASSWORDS_HEADER,
  type PlantedTrouble,
  renderPassword,
  renderTruth,
} from "./formats/companions.ts";
export {
  openRecordWriter,
  RECORD_FORMATS,
  type RecordFormat,
  SAMPLE_FORMATS,
  type SampleFormat,
} from "./formats/sample-formats.ts";
export { fitsLdif } from "./formats/user-ldif.ts";
export { openUserWriter, type UserWriter } from "./formats/user-writer.ts";
export { type InventedUser, inventUsers, type InventUsersOptions } from "./people/invent-users.ts";
export { inventRecords, type InventedRecord } from "./shape/invent-records.ts";
export { profileRecords, type SourceProfile } from "./shape/profile-records.ts";
export { type PlantedUser, plantTroubles } from "./troubles/plant-troubles.ts";
export { type Trouble, TROUBLE_KINDS, TROUBLES, type TroubleShares } from "./troubles/trouble.ts";
