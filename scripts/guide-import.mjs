// What the script of Okta's guide to scripted migrations does on the wire, in words of our own: one
// `fetch` after the other, always https, a bearer token, no Accept header, three users that stand in
// the code. Like the script it ends with 0 when the org refused users. See docs/emulator.md.
//   OKTA_ORG_URL=… OKTA_ACCESS_TOKEN=… node scripts/guide-import.mjs [--staged | --hook]
const { OKTA_ORG_URL: orgUrl, OKTA_ACCESS_TOKEN: token } = process.env;
const flags = new Set(process.argv.slice(2));
/** Whatever scheme the variable names: it is dropped, and so is one slash at the end. */
const host = orgUrl?.replace(/https?:\/\//, "").replace(/\/$/, "");
const scenario = flags.has("--hook") ? "hook" : flags.has("--staged") ? "staged" : "hash";

const USERS = [
  ["Ines", "Moreau"],
  ["Bo", "Lind"],
  ["Aiko", "Mori"],
];
const HASH = {
  algorithm: "BCRYPT",
  workFactor: 10,
  salt: "rwh3vH166HCH/NT9XV5FYu",
  value: "qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna",
};
const PASSWORDS = { hash: { hash: HASH }, hook: { hook: { type: "default" } } };

if (!host || !token) {
  console.error("OKTA_ORG_URL and OKTA_ACCESS_TOKEN are needed");
  process.exitCode = 1;
} else {
  for (const [firstName, lastName] of USERS) console.log(await create(firstName, lastName));
}

async function create(firstName, lastName) {
  const email = `${firstName}.${lastName}@example.com`.toLowerCase();
  const profile = { firstName, lastName, email, login: email };
  const password = PASSWORDS[scenario];
  const body = password === undefined ? { profile } : { profile, credentials: { password } };
  const query = new URLSearchParams({ activate: String(scenario !== "staged") });
  try {
    const response = await fetch(`https://${host}/api/v1/users?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? `created ${email}` : `failed ${email}: ${answer.errorSummary}`;
  } catch (error) {
    return `failed ${email}: ${error.message}`;
  }
}
