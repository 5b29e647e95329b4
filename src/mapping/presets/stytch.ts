import { preset } from "./preset.ts";

/** Stytch: consumer users. */
export const stytch = preset({
  name: "stytch",
  title: "Stytch: users of a consumer project as JSON",
  config: `
source: {preset: stytch, path: FILE, records: results}
join:
  - {source: HASHES, key: user_id, to: user_id, as: hashes}
profile:
  login: emails.0.email
  email: emails.0.email
  firstName: name.first_name
  middleName: name.middle_name
  lastName: name.last_name
  mobilePhone: phone_numbers.0.phone_number
password: {hash: hashes.password_hash}
`,
  needs: [["user_id"], ["emails"]],
  columns: ["name", "phone_numbers"],
  notes: [
    "Users whose `status` is `pending` have never signed in to Stytch; Okta takes them like all others.",
    "The first address and the first number of a user are taken; whether they are verified is not carried.",
    "Stytch hands over password hashes in a file of its own: give it with --hashes, one record a `user_id` with its `password_hash`.",
  ],
});
