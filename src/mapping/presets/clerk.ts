import { preset } from "./preset.ts";

/** Clerk's export of all users. */
export const clerk = preset({
  name: "clerk",
  title: "Clerk: export of all users (CSV)",
  config: `
source: {preset: clerk, path: FILE}
profile:
  login: 'coalesce(primary_email_address, username)'
  email: primary_email_address
  firstName: first_name
  lastName: last_name
  mobilePhone: primary_phone_number
password: {hash: password_digest}
`,
  needs: [["primary_email_address"], ["password_digest"]],
  columns: ["username", "first_name", "last_name", "primary_phone_number"],
  notes: [
    "The export does not say who is banned or locked: Okta takes everyone in it.",
    "Addresses in `unverified_email_addresses` and `totp_secret` are not carried.",
  ],
});
