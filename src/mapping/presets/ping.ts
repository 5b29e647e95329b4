import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

/** PingOne: users of its platform API. */
export const ping = preset({
  name: "ping",
  title: "PingOne: users of an environment as JSON",
  config: `
source: {preset: ping, path: FILE, records: _embedded.users}
profile:
  login: username
  email: email
  firstName: name.given
  lastName: name.family
  middleName: name.middle
  displayName: name.formatted
  nickName: nickname
  title: title
  primaryPhone: primaryPhone
  mobilePhone: mobilePhone
  streetAddress: address.streetAddress
  city: address.locality
  state: address.region
  zipCode: address.postalCode
  countryCode: address.countryCode
  preferredLanguage: 'preferredLanguage.split(",")[0].split(";")[0]'
  locale: locale
  timezone: timezone
`,
  needs: [["username"]],
  columns: [
    "email",
    "name",
    "nickname",
    "title",
    "primaryPhone",
    "mobilePhone",
    "address",
    "preferredLanguage",
    "locale",
    "timezone",
  ],
  unblocked: isNotFalse("enabled"),
  notes: [
    "PingOne gives out no password hashes: the scenario `hook` checks passwords against it, `staged` does without.",
    "Users whose `enabled` is false, or whose `account.status` is LOCKED, can't sign in to PingOne; that `where` goes by `enabled` alone.",
    "Of PingDirectory give the LDIF export, or the directory's own address, without a preset.",
  ],
});
