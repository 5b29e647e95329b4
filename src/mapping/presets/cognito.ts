import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Amazon Cognito: ListUsers as JSON, or CSV with the header of its user import. */
export const cognito = preset({
  name: "cognito",
  title: "Amazon Cognito: list-users JSON, or CSV with the header of its user import",
  config: `
source: {preset: cognito, path: FILE, records: Users, pairs: Attributes}
profile:
  login: 'coalesce(email, Username, row["cognito:username"])'
  email: email
  firstName: given_name
  lastName: family_name
  middleName: middle_name
  displayName: name
  nickName: nickname
  mobilePhone: phone_number
  profileUrl: website
  timezone: zoneinfo
  locale: locale
`,
  needs: [["Username", "cognito:username"]],
  columns: [
    "email",
    "Username",
    "given_name",
    "family_name",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "website",
    "zoneinfo",
    "locale",
  ],
  unblocked: isNotFalse("Enabled"),
  notes: [
    "Cognito gives out no password hashes: the scenario `hook` checks passwords against it, `staged` does without.",
    "Users whose `Enabled` is false can't sign in to Cognito.",
    "`UserStatus` and `email_verified` are not carried.",
  ],
});
