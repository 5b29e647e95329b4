import { hasNone } from "./conditions.ts";
import { familyNameOf, givenNameOf } from "./full-name.ts";
import { preset } from "./preset.ts";

/** Laravel's own table of users. */
export const laravel = preset({
  name: "laravel",
  title: "Laravel: the table users, from its database or exported",
  config: `
source: {preset: laravel, path: FILE, query: 'SELECT * FROM users', key: id}
where: '${hasNone("deleted_at")}'
profile:
  login: email
  email: email
  firstName: 'coalesce(first_name, ${givenNameOf("name")})'
  lastName: 'coalesce(last_name, ${familyNameOf("name")})'
  displayName: name
  mobilePhone: phone
password: {hash: password}
`,
  needs: [["email"], ["password"]],
  columns: ["deleted_at", "first_name", "last_name", "name", "phone"],
  notes: [
    "Laravel itself blocks nobody; users with `deleted_at` are deleted there.",
    "`email_verified_at` is not carried.",
    "First and last name are cut from `name` at its last space, where there are no columns of their own.",
  ],
});
