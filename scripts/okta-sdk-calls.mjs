// Okta's own SDK at work on the things of an org: whatever a migration may need of it. Makes the
// calls that are named and prints, for each, what the SDK made of the answers.
//   ORG_URL=… TOKEN=… node scripts/okta-sdk-calls.mjs users lifecycle groups …
import { once } from "node:events";
import { createServer } from "node:http";
import okta from "@okta/okta-sdk-nodejs";

const { ORG_URL, TOKEN } = process.env;
const client = new okta.Client({ orgUrl: ORG_URL, token: TOKEN });
const { userApi, groupApi, schemaApi, userTypeApi, inlineHookApi } = client;

const BCRYPT = {
  algorithm: "BCRYPT",
  workFactor: 10,
  salt: "rwh3vH166HCH/NT9XV5FYu",
  value: "qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna",
};
const HOOK_TYPE = "com.okta.user.credential.password.import";
const DEFAULT = { schemaId: "default" };

const CALLS = { users, lifecycle, groups, schema, types, hooks, execution, groupEnd };

const told = {};
for (const name of process.argv.slice(2)) told[name] = await CALLS[name]();
console.log(JSON.stringify(told));

/** One user of each kind; read, listed and changed. */
async function users() {
  const hash = await createUser("hash", { password: { hash: BCRYPT } });
  const hook = await createUser("hook", { password: { hook: { type: "default" } } });
  const none = await createUser("none", undefined, false);
  const recovery_question = { question: "Where was it?", answer: "far away" };
  const recovery = await createUser("recovery", { recovery_question }, false);
  const again = await refusal(createUser("hash", undefined, false));
  const found = await userApi.getUser({ userId: "hash@example.com" });
  const absent = await refusal(userApi.getUser({ userId: "nobody@example.com" }));
  const listed = await all(userApi.listUsers({ limit: 2 }));
  const searched = await all(userApi.listUsers({ search: 'status eq "STAGED"', limit: 1 }));
  const user = { profile: { nickName: "Ines" } };
  const changed = await userApi.updateUser({ userId: none.id, user });
  const { login, email, firstName } = changed.profile;
  const whole = { profile: { login, email, firstName, lastName: "Sato" } };
  const replaced = await userApi.replaceUser({ userId: none.id, user: whole });
  return {
    statuses: [hash, hook, none, recovery].map(({ status }) => status),
    providers: [hash, hook, none].map(({ credentials }) => credentials.provider.type),
    question: recovery.credentials.recovery_question.question,
    again,
    found: found.id === hash.id && found.profile.login,
    created: found.created instanceof Date,
    absent,
    listed: listed.map(({ profile }) => profile.login),
    searched: searched.map(({ profile }) => profile.login),
    changed: [changed.profile.lastName, changed.profile.nickName],
    replaced: [replaced.profile.lastName, replaced.profile.nickName ?? null],
  };
}

/** All that can become of a user, to the end. */
async function lifecycle() {
  const { id: userId } = await createUser("mover", { password: { hash: BCRYPT } }, false);
  const { id: invited } = await createUser("invited", undefined, false);
  const statuses = [];
  const note = async (call) => {
    await call;
    statuses.push((await userApi.getUser({ userId })).status);
  };
  await note(userApi.activateUser({ userId, sendEmail: false }));
  await note(userApi.suspendUser({ userId }));
  await note(userApi.unsuspendUser({ userId }));
  const expired = await userApi.expirePassword({ userId });
  const { resetPasswordUrl } = await userApi.generateResetPasswordToken({
    userId,
    sendEmail: false,
  });
  await note(undefined);
  await note(userApi.deactivateUser({ userId, sendEmail: false }));
  await userApi.deleteUser({ userId, sendEmail: false });
  const gone = await refusal(userApi.getUser({ userId }));
  const activated = await userApi.activateUser({ userId: invited, sendEmail: false });
  const reactivated = await userApi.reactivateUser({ userId: invited, sendEmail: false });
  return {
    statuses,
    expired: expired.status,
    reset: resetPasswordUrl.startsWith(ORG_URL),
    gone,
    tokens: [activated, reactivated].map(({ activationToken }) => typeof activationToken),
  };
}

/** A group, and who is in it. */
async function groups() {
  const profile = { name: "Migrated", description: "From the old system" };
  const { id: groupId } = await groupApi.createGroup({ group: { profile } });
  const ids = [];
  for (const name of ["one", "two", "three"]) {
    const { id: userId } = await createUser(name, undefined, false);
    ids.push(userId);
    await groupApi.assignUserToGroup({ groupId, userId });
  }
  await groupApi.unassignUserFromGroup({ groupId, userId: ids[0] });
  const members = await all(groupApi.listGroupUsers({ groupId, limit: 1 }));
  const groupsOfUser = await all(userApi.listUserGroups({ userId: ids[1] }));
  const search = 'type eq "OKTA_GROUP" and profile.name eq "Migrated"';
  return {
    group: (await groupApi.getGroup({ groupId })).profile.description,
    listed: namesOf(await all(groupApi.listGroups({}))),
    searched: namesOf(await all(groupApi.listGroups({ search }))),
    members: members.map((user) => user.profile.login),
    groupsOfUser: namesOf(groupsOfUser),
    absent: await refusal(groupApi.getGroup({ groupId: "00gabsent" })),
  };
}

/** A custom attribute, before and after. */
async function schema() {
  const before = await schemaApi.getUserSchema(DEFAULT);
  const legacyId = { title: "Old id", type: "string", maxLength: 40, required: false };
  const custom = { id: "#custom", type: "object", properties: { legacyId } };
  const userSchema = { definitions: { custom } };
  await schemaApi.updateUserProfile({ ...DEFAULT, userSchema });
  const after = await schemaApi.getUserSchema(DEFAULT);
  return {
    base: Object.keys(before.definitions.base.properties).length,
    login: before.definitions.base.properties.login.maxLength,
    before: Object.keys(before.definitions.custom.properties),
    after: after.definitions.custom.properties.legacyId.maxLength,
  };
}

/** The user types, before and after there is another one. */
async function types() {
  const listed = await all(userTypeApi.listUserTypes());
  const userType = { name: "supplier", displayName: "Supplier", description: "From outside" };
  const made = await userTypeApi.createUserType({ userType });
  return [...listed, made].map((type) => [type.name, type._default]);
}

/** A group that is renamed and ends. */
async function groupEnd() {
  const { id: groupId } = await groupApi.createGroup({ group: { profile: { name: "Old name" } } });
  const group = { profile: { name: "New name", description: "Renamed" } };
  const replaced = await groupApi.replaceGroup({ groupId, group });
  await groupApi.deleteGroup({ groupId });
  const gone = await refusal(groupApi.getGroup({ groupId }));
  return { replaced: replaced.profile.name, gone };
}

/** The password import hook, from its registration to its end. */
async function hooks() {
  const authScheme = { type: "HEADER", key: "Authorization", value: "an invented secret" };
  const config = { uri: "https://hook.example.com/", method: "POST", headers: [], authScheme };
  const channel = { type: "HTTP", version: "1.0.0", config };
  const inlineHook = { name: "Old passwords", type: HOOK_TYPE, version: "1.0.0", channel };
  const { id: inlineHookId, status } = await inlineHookApi.createInlineHook({ inlineHook });
  const hook = await inlineHookApi.getInlineHook({ inlineHookId });
  const listed = await all(inlineHookApi.listInlineHooks({ type: HOOK_TYPE }));
  const busy = await refusal(inlineHookApi.deleteInlineHook({ inlineHookId }));
  const off = await inlineHookApi.deactivateInlineHook({ inlineHookId });
  const on = await inlineHookApi.activateInlineHook({ inlineHookId });
  await inlineHookApi.deactivateInlineHook({ inlineHookId });
  await inlineHookApi.deleteInlineHook({ inlineHookId });
  const gone = await refusal(inlineHookApi.getInlineHook({ inlineHookId }));
  const { uri, authScheme: shown } = hook.channel.config;
  return {
    statuses: [status, off.status, on.status],
    uri,
    secret: shown.value ?? "not shown",
    listed: listed.map(({ name }) => name),
    busy,
    gone,
  };
}

/** A hook that is tried out, and says that the password is right. */
async function execution() {
  const value = { credential: "VERIFIED" };
  const commands = [{ type: "com.okta.action.update", value }];
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ commands }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const config = { uri: `http://127.0.0.1:${server.address().port}/`, method: "POST" };
  const channel = { type: "HTTP", version: "1.0.0", config };
  const inlineHook = { name: "Tried out", type: HOOK_TYPE, version: "1.0.0", channel };
  const { id: inlineHookId } = await inlineHookApi.createInlineHook({ inlineHook });
  const credential = { username: "ines@example.com", password: "Invented-7-pass" };
  const payloadData = {
    eventType: HOOK_TYPE,
    eventTypeVersion: "1.0",
    cloudEventVersion: "0.1",
    contentType: "application/json",
    eventId: "an-event",
    eventTime: "2026-11-24T10:00:00.000Z",
    source: ORG_URL,
    data: { action: { credential: "UNVERIFIED" }, context: { credential } },
  };
  const answer = await inlineHookApi.executeInlineHook({ inlineHookId, payloadData });
  server.close();
  server.closeAllConnections();
  return answer.commands[0].type;
}

function namesOf(groups) {
  const names = groups.map(({ profile }) => profile.name);
  return names.toSorted((one, other) => one.localeCompare(other));
}

function createUser(name, credentials, activate = true) {
  const login = `${name}@example.com`;
  const profile = { login, email: login, firstName: "Ines", lastName: "Moreau" };
  const body = credentials === undefined ? { profile } : { profile, credentials };
  return userApi.createUser({ body, activate });
}

/** What a collection gives when it is walked to its end. */
async function all(collecting) {
  const found = [];
  await (await collecting).each((item) => found.push(item));
  return found;
}

/** Status and code of a call that is refused. */
async function refusal(calling) {
  try {
    await calling;
    return "taken";
  } catch (error) {
    return `${error.status} ${error.errorCode}`;
  }
}
