import { hasNone } from "./conditions.ts";
import { familyNameOf, givenNameOf } from "./full-name.ts";
import { preset } from "./preset.ts";

/** Ruby on Rails with Devise. */
export const devise = preset({
  name: "devise",
  title: "Rails with Devise: the table users, from its database or exported",
  config: `
source: {preset: devise, path: FILE, query: 'SELECT * FROM users', key: id}
where: '${hasNone("deleted_at")}'
profile:
  login: email
  email: email
  firstName: 'coalesce(first_name, ${givenNameOf("name")})'
  lastName: 'coalesce(last_name, ${familyNameOf("name")})'
  displayName: name
  mobilePhone: phone
password: {hash: encrypted_password, format: bcrypt}
`,
  needs: [["email"], ["encrypted_password"]],
  columns: ["deleted_at", "first_name", "last_name", "name", "phone"],
  unblocked: hasNone("locked_at"),
  notes: [
    "Users with `locked_at`, or without `confirmed_at` where Devise asks for it, can't sign in.",
    "Where Devise has a pepper (`config.pepper`), say so: `password: {pepper: {place: password-postfix}}`.",
  ],
});
