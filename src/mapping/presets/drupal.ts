import { isNotFalse } from "./conditions.ts";
import { familyNameOf, givenNameOf } from "./full-name.ts";
import { preset } from "./preset.ts";

/** Drupal 8 and newer. */
export const drupal = preset({
  name: "drupal",
  title: "Drupal 8 and newer: users_field_data, from its database or exported",
  config: `
source:
  preset: drupal
  path: FILE
  query: >-
    SELECT uid, name, mail, pass, status, preferred_langcode, timezone
    FROM users_field_data WHERE uid > 0 AND default_langcode = 1
  key: uid
profile:
  login: 'coalesce(mail, name)'
  email: mail
  firstName: '${givenNameOf("name")}'
  lastName: '${familyNameOf("name")}'
  displayName: name
  timezone: timezone
password: {hash: pass}
`,
  needs: [["name"], ["mail"], ["pass"]],
  columns: ["timezone"],
  unblocked: isNotFalse("status"),
  notes: [
    "Users whose `status` is 0 are blocked in Drupal.",
    "Drupal has no names of persons of its own: first and last name are cut from `name` at its last space.",
    "users_field_data has a row for each language of a user; the query takes the first language alone.",
    "Okta does not take `$S$`, the hash of Drupal before 10.1: `otherwise: hook` lets people sign in with their password.",
  ],
});
