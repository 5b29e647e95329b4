import { isNotFalse } from "./conditions.ts";
import { preset } from "./preset.ts";

const CONTACT = `
  displayName: displayName
  title: jobTitle
  mobilePhone: mobilePhone
  primaryPhone: businessPhones.0
  organization: companyName
  department: department
  employeeNumber: employeeId
  streetAddress: streetAddress
  city: city
  state: state
  zipCode: postalCode
  countryCode: usageLocation
  preferredLanguage: preferredLanguage`;
const COLUMNS = [
  "mail",
  "givenName",
  "surname",
  "displayName",
  "jobTitle",
  "mobilePhone",
  "businessPhones",
  "companyName",
  "department",
  "employeeId",
  "streetAddress",
  "city",
  "state",
  "postalCode",
  "usageLocation",
  "preferredLanguage",
];
const DISABLED = "Users whose `accountEnabled` is false can't sign in there.";
const UNBLOCKED = isNotFalse("accountEnabled");
const NO_HASHES =
  "Microsoft gives out no password hashes: `staged` does without, the scenario `hook` checks passwords against the old system.";

/** Microsoft Entra ID, once Azure AD. */
export const entra = preset({
  name: "entra",
  title: "Microsoft Entra ID (Azure AD): users of Microsoft Graph as JSON",
  config: `
source: {preset: entra, path: FILE, records: value}
profile:
  login: userPrincipalName
  email: 'coalesce(mail, userPrincipalName)'
  firstName: givenName
  lastName: surname${CONTACT}
`,
  needs: [["userPrincipalName"]],
  columns: COLUMNS,
  unblocked: UNBLOCKED,
  notes: [
    NO_HASHES,
    DISABLED,
    "Guests (`userType` Guest) have a user principal name with `#EXT#`; deleted users are not in the list.",
  ],
});

const LOCAL_MAIL =
  'identities == "" ? "" : identities.filter(i, i.signInType.startsWith("emailAddress")).map(i, i.issuerAssignedId).join(" ").split(" ")[0]';

/** Azure AD B2C: customers, who sign in with an address that stands among their identities. */
export const entraB2c = preset({
  name: "entra-b2c",
  title: "Azure AD B2C and Entra External ID: users of Microsoft Graph as JSON, with identities",
  config: `
source: {preset: entra-b2c, path: FILE, records: value}
profile:
  login: 'coalesce(${LOCAL_MAIL}, mail, userPrincipalName)'
  email: 'coalesce(${LOCAL_MAIL}, mail, otherMails == "" ? "" : otherMails.join(" ").split(" ")[0])'
  firstName: givenName
  lastName: surname${CONTACT}
`,
  needs: [["identities"]],
  columns: [...COLUMNS, "userPrincipalName", "otherMails"],
  unblocked: UNBLOCKED,
  notes: [
    NO_HASHES,
    DISABLED,
    "The login is the address of the first identity whose sign-in type is, or begins with, `emailAddress`.",
  ],
});
