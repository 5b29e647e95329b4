import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Django's own model of users. */
export const django = preset({
  name: "django",
  title: "Django: the table auth_user, from its database or exported",
  config: `
source:
  preset: django
  path: FILE
  query: >-
    SELECT id, username, email, first_name, last_name, password, is_active
    FROM auth_user
  key: id
profile:
  login: 'coalesce(email, username)'
  email: email
  firstName: first_name
  lastName: last_name
password: {hash: password}
`,
  needs: [["username"], ["password"]],
  columns: ["email", "first_name", "last_name"],
  unblocked: isNotFalse("is_active"),
  notes: [
    "Users whose `is_active` is false can't sign in to Django.",
    "A password that begins with `!` is Django's mark for none.",
  ],
});
