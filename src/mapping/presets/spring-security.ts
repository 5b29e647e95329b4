import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Spring Security's own schema for JDBC. */
export const springSecurity = preset({
  name: "spring-security",
  title: "Spring Security: the table users of its JDBC schema, from its database or exported",
  config: `
source: {preset: spring-security, path: FILE, query: 'SELECT * FROM users'}
profile:
  login: username
  email: 'coalesce(email, username)'
  firstName: first_name
  lastName: last_name
password: {hash: password}
`,
  needs: [["username"], ["password"], ["enabled"]],
  columns: ["email", "first_name", "last_name"],
  unblocked: isNotFalse("enabled"),
  notes: [
    "Users whose `enabled` is false can't sign in.",
    "The schema has no names and no address: they come from columns email, first_name and last_name of your own, or from rules in migration.yaml.",
  ],
});
