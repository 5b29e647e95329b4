import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** Keycloak, and Red Hat's build of it. */
export const keycloak = preset({
  name: "keycloak",
  title: "Keycloak: export of a realm (JSON) with its users and their credentials",
  config: `
source: {preset: keycloak, path: FILE, records: users}
profile:
  login: 'coalesce(email, username)'
  email: email
  firstName: firstName
  lastName: lastName
  locale: attributes.locale.0
password: {hash: credentials, format: keycloak}
`,
  needs: [["username"]],
  columns: ["email", "firstName", "lastName", "attributes"],
  unblocked: isNotFalse("enabled"),
  notes: [
    "Users whose `enabled` is false can't sign in to Keycloak.",
    "`emailVerified`, `requiredActions`, roles and groups are not carried.",
  ],
});
