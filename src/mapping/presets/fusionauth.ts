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
  notes: [
    "Users whose `active` is false are locked in FusionAuth; Okta takes them like all others.",
    "`verified`, registrations and memberships are not carried.",
  ],
});
