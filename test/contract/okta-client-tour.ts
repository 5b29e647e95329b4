import { generateKeyPairSync, randomBytes } from "node:crypto";
import { type NewUser, type PasswordHash, Secret } from "../../src/core/index.ts";
import { readAppKeys, startEmulator } from "../../src/emulator/index.ts";
import { inventCall } from "../../src/hook/index.ts";
import {
  connectOrg,
  createCredential,
  createServiceApp,
  examinedScopes,
  type OrgConnection,
  type OrgOptions,
  parseOrgUrl,
} from "../../src/okta/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import { startHookServer, UNVERIFIED } from "../support/hook-server.ts";
import type { Exchange } from "../support/okta-description.ts";
import { startRecordingProxy } from "../support/recording-proxy.ts";
import { driveSignIns } from "./okta-sign-in-tour.ts";
import { EagerClock, REQUEST_TIMEOUT_MS } from "./okta-client-stand-in.ts";

const YEAR_MS = 365 * 86_400_000;
const CLIENT_ID = "0oaservice0000000001";
const BASE64 = "qrvM3e7/ABEiM0RVZneImQ==";
/** Org and client go by the same one, and nobody waits. */
const clock = new EagerClock();
/** What every connection is made with. */
const HOW = {
  rateShare: 1,
  maxConcurrency: 4,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  clock,
  random: () => 0.5,
  events: { emit: () => undefined },
};
const { signal } = new AbortController();

/** One hash of each kind that Okta takes, with salt and without. */
const HASHES: readonly PasswordHash[] = [
  {
    algorithm: "BCRYPT",
    workFactor: 10,
    salt: "abcdefghijklmnopqrstuu",
    value: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcde",
  },
  {
    algorithm: "PBKDF2",
    digestAlgorithm: "SHA256_HMAC",
    iterationCount: 4096,
    keySize: 16,
    salt: BASE64,
    value: BASE64,
  },
  ...(["SHA-512", "SHA-256", "SHA-1", "MD5"] as const).flatMap((algorithm): PasswordHash[] => {
    const bytes = { "SHA-512": 64, "SHA-256": 32, "SHA-1": 20, MD5: 16 }[algorithm];
    const value = Buffer.alloc(bytes, 7).toString("base64");
    return [
      { algorithm, value },
      { algorithm, salt: BASE64, saltOrder: "PREFIX", value },
      { algorithm, salt: BASE64, saltOrder: "POSTFIX", value },
    ];
  }),
];

/**
 * Lets the client do everything it can, against an emulated org, and gives back what went over the
 * wire. A new request of the client needs a step here.
 */
export async function driveClient(): Promise<readonly Exchange[]> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const apps = [{ clientId: CLIENT_ID, keys: readAppKeys(pem), dpop: true }];
  const emulator = await startEmulator({ clock, apps });
  const recorder = await startRecordingProxy(emulator.url);
  const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const app = await createServiceApp({
    clientId: CLIENT_ID,
    at: "OKTA_CLIENT_ID",
    key: { text, at: "key.pem" },
  });
  const token = createCredential("ssws", "emulator-token");
  try {
    await withOrg(recorder.url, { credential: token }, driveUsers);
    await withOrg(recorder.url, { credential: token }, drivePlaces);
    await withOrg(recorder.url, { credential: token }, driveCanaries);
    await withOrg(recorder.url, { credential: app }, drivePreparation);
    await withOrg(recorder.url, { credential: token }, driveHook);
    await withOrg(recorder.url, { credential: token }, driveProgramme);
    await driveSignIns({ ...HOW, orgUrl: parseOrgUrl(recorder.url) });
    // An ID token that has ended by the real clock tells nobody who signed in: the org is asked.
    emulator.change({ clockSkewMs: -YEAR_MS });
    await driveSignIns({ ...HOW, orgUrl: parseOrgUrl(recorder.url) });
    emulator.change({ clockSkewMs: 0 });
    // It gives up what takes too long, which on a clock without waiting is everything.
    const examiner = { clock: systemClock, scopes: examinedScopes() };
    await withOrg(recorder.url, { credential: app, ...examiner }, driveExamination);
    await withOrg(recorder.url, { credential: token, ...examiner }, driveExamination);
    emulator.change({ tokenRole: "CUSTOM" });
    await withOrg(recorder.url, { credential: token, ...examiner }, driveExamination);
  } finally {
    await recorder.close();
    await emulator.close();
  }
  return recorder.exchanges;
}

/** Creates of each scenario and hash, look-ups and updates. */
async function driveUsers(org: OrgConnection): Promise<void> {
  const [group] = await org.ensureGroups(["Migrated"]);
  const groupIds = group === undefined ? [] : [group.id];
  const scenarios: NewUser[] = [
    ...HASHES.map((hash): NewUser => newUser({ kind: "hash", hash: new Secret(hash) }, true)),
    { ...newUser({ kind: "none" }, false), groupIds },
    newUser({ kind: "hook" }, true),
  ];
  for (const [index, user] of scenarios.entries()) {
    const login = `user${index}@example.com`;
    const profile = { ...user.profile, login };
    await org.users.create({ ...user, profile }, await org.users.admit(signal));
    // The second time the org refuses it.
    if (index === 0) await org.users.create({ ...user, profile }, await org.users.admit(signal));
    const found = await org.users.find(login, signal);
    if (found.kind !== "found") throw new Error(`${login} was not created`);
    const hash =
      user.credential.kind === "none" ? new Secret(HASHES[0] as PasswordHash) : undefined;
    const change = { profile: { nickName: "Ada" }, ...(hash === undefined ? {} : { hash }) };
    const updated = await org.users.update(found.user.oktaId, change, signal);
    if (updated.kind !== "updated") throw new Error(`${login} was not updated`);
  }
  await org.users.find("nobody@example.com", signal);
  await org.users.find("a/b@example.com", signal);
}

/** The user type and the realm that users are created in, by name. */
async function drivePlaces(org: OrgConnection): Promise<void> {
  const type = await org.findUserType("user");
  await org.readSchema(type.schemaId);
  const { id } = await org.findRealm("Default Realm");
  const realm = await org.findRealm(id);
  const user = { ...newUser({ kind: "none" }, false), typeId: type.id, realmId: realm.id };
  const profile = { ...user.profile, login: "placed@example.com" };
  await org.users.create({ ...user, profile }, await org.users.admit(signal));
  const found = await org.users.find(profile.login, signal);
  if (found.kind !== "found") throw new Error("the user was not created");
}

/** Throw-away users: made, signed in and removed. */
async function driveCanaries(org: OrgConnection): Promise<void> {
  const password = new Secret("Invented-7-pass");
  const login = "canary@example.com";
  const profile = { login, email: login, firstName: "okta-migrate", lastName: "canary" };
  const hash = new Secret(HASHES[0] as PasswordHash);
  await org.canaries.create({ profile, credential: { kind: "value", password } }, signal);
  const other = { ...profile, login: "other@example.com" };
  await org.canaries.create({ profile: other, credential: { kind: "hash", hash } }, signal);
  await org.canaries.signIn(login, password, signal);
  await org.canaries.signIn(login, new Secret("Invented-7-wrong"), signal);
  const found = await org.canaries.find(login, signal);
  if (found.kind !== "found") throw new Error("the throw-away user was not created");
  await org.canaries.remove(found.user.oktaId);
}

/** Hook users: listed, looked for in the log, and turned over to a password reset. */
async function driveProgramme(org: OrgConnection): Promise<void> {
  const { users, imported } = org;
  const profile = { ...newUser({ kind: "hook" }, true).profile, login: "left@example.com" };
  await users.create({ ...newUser({ kind: "hook" }, true), profile }, await users.admit(signal));
  let last: string | undefined;
  for await (const page of imported.list(signal)) last = page.users.at(-1)?.oktaId ?? last;
  if (last === undefined) throw new Error("nobody is left to be listed");
  for await (const page of imported.moved(clock.wallNow() - 1_000, signal)) void page;
  await imported.find(last, signal);
  const answers = [
    await imported.reset(last, "no-mail", signal),
    await imported.reset(last, "mail", signal),
  ];
  if (answers.some(({ kind }) => kind !== "reset")) throw new Error("the user was not reset");
}

/** The password import hook, from its registration to its removal. */
async function driveHook({ hooks }: OrgConnection): Promise<void> {
  const service = await startHookServer([[200, UNVERIFIED]]);
  const secret = new Secret("an-invented-secret");
  const registration = { name: "Old passwords", url: service.uri, secret };
  const { id } = await hooks.create(registration);
  await hooks.update(id, { ...registration, secret: new Secret("the-next-secret") });
  const { body } = inventCall({ source: "x", login: undefined, nowMs: 0, randomBytes });
  // On a clock without waiting the org does not wait for the hook either: it answers 400.
  await hooks.execute(id, body.reveal(), []);
  await hooks.activate(id);
  await hooks.remove(id);
  const left = await hooks.list();
  if (left.length > 0) throw new Error("the hook was not removed");
}

/** What is asked before a run, by a service app that proves possession. */
async function drivePreparation(org: OrgConnection): Promise<void> {
  await org.readSchema();
  await org.findGroups(['A "quoted" name', "Migrated"]);
  await org.listGroups(new AbortController().signal);
  await org.hasActivePasswordHook();
  await org.readCreateLimit();
}

/** What is asked about the org itself. */
async function driveExamination(org: OrgConnection): Promise<void> {
  const { stop } = await org.examine();
  if (stop !== undefined) throw new Error(stop.message);
}

function newUser(credential: NewUser["credential"], activate: boolean): NewUser {
  const profile = { email: "ada@example.com", firstName: "Ada", lastName: "Moreau" };
  return { profile, credential, activate, groupIds: [] };
}

/** An org, and who comes to it. */
type Visit = Pick<OrgOptions, "credential"> & Partial<Pick<OrgOptions, "clock" | "scopes">>;

async function withOrg(
  url: string,
  visit: Visit,
  drive: (org: OrgConnection) => Promise<void>,
): Promise<void> {
  const org = connectOrg({
    orgUrl: parseOrgUrl(url),
    ...HOW,
    ...visit,
  });
  try {
    await drive(org);
  } finally {
    await org.close();
  }
}
