import { isNotTrue } from "./conditions.ts";
import { familyNameOf, givenNameOf } from "./full-name.ts";
import { preset } from "./preset.ts";

/** Firebase Authentication, and Google Identity Platform. */
export const firebase = preset({
  name: "firebase",
  title:
    "Firebase Authentication: auth:export JSON, its hash parameters in OKTA_MIGRATE_HASH_PARAMS_FILE",
  config: `
source: {preset: firebase, path: FILE, records: users}
profile:
  login: email
  email: email
  firstName: '${givenNameOf("displayName")}'
  lastName: '${familyNameOf("displayName")}'
  displayName: displayName
  mobilePhone: phoneNumber
password: {value: passwordHash, salt: salt, format: firebase-scrypt, params: file}
`,
  needs: [["localId"]],
  columns: ["email", "displayName", "phoneNumber"],
  unblocked: isNotTrue("disabled"),
  notes: [
    "Users whose `disabled` is true can't sign in to Firebase.",
    "`emailVerified` is not carried: Okta asks nobody who is created to verify the address.",
    "Okta has no scrypt: `otherwise: hook` or the scenario `hook` lets people sign in with their password.",
    "First and last name are cut from `displayName` at its last space.",
  ],
});
