import { hasNone } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Supabase Auth: its table of users in PostgreSQL, or an export of it. */
export const supabase = preset({
  name: "supabase",
  title: "Supabase: auth.users, from its PostgreSQL or exported as CSV or JSON",
  config: `
source:
  preset: supabase
  path: FILE
  query: >-
    SELECT id, email, phone, encrypted_password, email_confirmed_at, banned_until, deleted_at,
    is_anonymous, raw_user_meta_data FROM auth.users ORDER BY created_at, id
where: '${hasNone("deleted_at")}'
profile:
  login: email
  email: email
  firstName: raw_user_meta_data.first_name
  lastName: raw_user_meta_data.last_name
  displayName: raw_user_meta_data.full_name
  mobilePhone: phone
password: {hash: encrypted_password}
`,
  needs: [["email"], ["encrypted_password"]],
  columns: ["deleted_at", "raw_user_meta_data", "phone"],
  notes: [
    "Users with `banned_until` in the future can't sign in to Supabase; Okta takes them like all others.",
    "`email_confirmed_at` is not carried; anonymous users have no e-mail address and are rejected.",
  ],
});
