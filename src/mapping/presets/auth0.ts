import { isNotTrue } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Auth0. Password hashes come apart, in a file that Auth0's support makes. */
export const auth0 = preset({
  name: "auth0",
  title: "Auth0: user export (NDJSON), with the export of password hashes in --hashes",
  config: `
source: {preset: auth0, path: FILE}
join:
  - {source: HASHES, key: 'coalesce(row["alt_id"], row["_id"]["$oid"])', to: 'user_id.replace("auth0|", "")', as: hashes}
profile:
  login: 'coalesce(email, username)'
  email: email
  firstName: given_name
  lastName: family_name
  displayName: name
  nickName: nickname
  mobilePhone: phone_number
password: {hash: hashes.passwordHash}
`,
  needs: [["user_id"], ["email"]],
  columns: ["username", "given_name", "family_name", "name", "nickname", "phone_number"],
  unblocked: isNotTrue("blocked"),
  notes: [
    "Users whose `blocked` is true can't sign in to Auth0.",
    "`email_verified` is not carried: Okta asks nobody who is created to verify the address.",
    "Users of a social or enterprise connection have no password: `otherwise` says what becomes of them.",
  ],
});
