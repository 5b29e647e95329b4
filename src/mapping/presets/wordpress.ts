import { isNotTrue } from "./conditions.ts";
import { preset } from "./preset.ts";

/** WordPress: its users, with the names that stand in the table beside. */
export const wordpress = preset({
  name: "wordpress",
  title: "WordPress: wp_users with wp_usermeta, from its database or exported",
  config: `
source:
  preset: wordpress
  path: FILE
  query: >-
    SELECT u.ID, u.user_login, u.user_email, u.user_pass, u.display_name, u.user_url,
    (SELECT MIN(m.meta_value) FROM wp_usermeta m WHERE m.user_id = u.ID AND m.meta_key = 'first_name') AS first_name,
    (SELECT MIN(m.meta_value) FROM wp_usermeta m WHERE m.user_id = u.ID AND m.meta_key = 'last_name') AS last_name
    FROM wp_users u
  key: ID
where: '${isNotTrue("deleted")}'
profile:
  login: 'coalesce(user_email, user_login)'
  email: user_email
  firstName: first_name
  lastName: last_name
  displayName: display_name
  profileUrl: user_url
password: {hash: user_pass}
`,
  needs: [["user_login"], ["user_email"], ["user_pass"]],
  columns: ["deleted", "spam", "first_name", "last_name", "display_name", "user_url"],
  unblocked: isNotTrue("spam"),
  notes: [
    "WordPress itself blocks nobody and deletes for good, but a network of sites marks users as `spam` or `deleted`; a query of your own must have these columns for them to count.",
    "Okta takes neither of WordPress' own hashes (`$P$`, `$wp$`): `otherwise: hook` lets people sign in with their password.",
  ],
});
