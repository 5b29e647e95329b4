import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** FusionAuth: users as its import takes them. */
export const fusionauth = preset({
  name: "fusionauth",
  title: "FusionAuth: users as JSON, as its import API takes them",
  config: `
source: {preset: fusionauth, path: FILE, records: users}
profile:
  login: 'coalesce(email, username)'
  email: email
  firstName: firstName
  lastName: lastName
  middleName: middleName
  displayName: fullName
  mobilePhone: 'coalesce(mobilePhone, phoneNumber)'
  timezone: timezone
  preferredLanguage: preferredLanguages.0
password:
  value: password
  salt: salt
  params: {encryptionScheme: encryptionScheme, factor: factor}
  format: fusionauth
`,
  needs: [["email", "username"]],
  columns: [
    "email",
    "username",
    "firstName",
    "lastName",
    "middleName",
    "fullName",
    "mobilePhone",
    "phoneNumber",
    "timezone",
    "preferredLanguages",
  ],
  unblocked: isNotFalse("active"),
  notes: [
    "Users whose `active` is false are locked in FusionAuth.",
    "`verified`, registrations and memberships are not carried.",
  ],
});
