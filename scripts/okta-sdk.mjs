// Okta's own SDK as its README shows it: a service app with a private key. It finds out by itself
// whether proofs are wanted. Creates one user with a hashed password and prints what it was told.
//   ORG_URL=… CLIENT_ID=… PRIVATE_KEY=… SCOPES=… LOGIN=… node scripts/okta-sdk.mjs
import okta from "@okta/okta-sdk-nodejs";

const { ORG_URL, CLIENT_ID, PRIVATE_KEY, SCOPES, LOGIN } = process.env;
const client = new okta.Client({
  orgUrl: ORG_URL,
  authorizationMode: "PrivateKey",
  clientId: CLIENT_ID,
  scopes: SCOPES,
  privateKey: PRIVATE_KEY,
});

const profile = { login: LOGIN, email: LOGIN, firstName: "Ines", lastName: "Moreau" };
const hash = {
  algorithm: "BCRYPT",
  workFactor: 10,
  salt: "rwh3vH166HCH/NT9XV5FYu",
  value: "qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna",
};

console.log(JSON.stringify(await createUser()));

async function createUser() {
  try {
    const body = { profile, credentials: { password: { hash } } };
    const { id, status } = await client.userApi.createUser({ body, activate: true });
    const { login } = (await client.userApi.getUser({ userId: id })).profile;
    return { status, login, isDPoP: client.oauth.isDPoP };
  } catch (error) {
    return { refused: error.status ?? error.message };
  }
}
