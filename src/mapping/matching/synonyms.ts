/**
 * What columns are usually called, by attribute: without case, spaces, `_`, `-` and `.`, the
 * likeliest first. The attribute's own name always counts and comes before them.
 */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  login: ["username", "userlogin", "loginname", "userprincipalname", "upn"],
  email: [
    "mail",
    "emailaddress",
    "mailaddress",
    "primaryemail",
    "workemail",
    "useremail",
    "rfc822mailbox",
  ],
  secondEmail: ["secondaryemail", "alternateemail", "backupemail", "email2"],
  firstName: ["givenname", "given", "fname", "forename", "first"],
  lastName: ["familyname", "surname", "sn", "lname", "family", "last"],
  middleName: ["middle", "mname"],
  honorificPrefix: ["prefix", "nameprefix", "salutation", "personaltitle"],
  honorificSuffix: ["suffix", "namesuffix", "generationqualifier"],
  title: ["jobtitle"],
  displayName: ["fullname", "commonname", "cn", "name"],
  nickName: ["nick"],
  profileUrl: ["website", "homepage", "wwwhomepage"],
  primaryPhone: [
    "phone",
    "phonenumber",
    "telephone",
    "telephonenumber",
    "workphone",
    "officephone",
    "businessphone",
  ],
  mobilePhone: ["mobile", "mobilenumber", "cellphone", "cell", "cellular"],
  streetAddress: ["street", "address", "address1", "addressline1"],
  city: ["town", "locality", "localityname", "l"],
  state: ["stateprovince", "province", "region", "stateorprovincename", "st"],
  zipCode: ["zip", "postalcode", "postcode"],
  countryCode: ["country", "countryname", "c"],
  postalAddress: ["mailingaddress"],
  preferredLanguage: ["language", "lang"],
  locale: [],
  timezone: ["tz", "zoneinfo"],
  userType: ["employeetype"],
  employeeNumber: ["employeeid", "empid", "staffnumber", "personnelnumber"],
  costCenter: ["costcentre"],
  organization: ["organisation", "company", "companyname", "organizationname", "o"],
  division: [],
  department: ["dept", "departmentnumber", "organizationalunitname", "ou"],
  managerId: [],
  manager: ["managername"],
};

/** Names of columns that hold hashes, the likeliest first. */
export const HASH_COLUMNS: readonly string[] = [
  "passwordhash",
  "hashedpassword",
  "encryptedpassword",
  "passworddigest",
  "pwhash",
  "pwdhash",
  "bcrypthash",
  "bcrypt",
  "hash",
];

/** The same where the salt stands in another column. */
export const HASH_COLUMNS_WITH_SALT: readonly string[] = [
  ...new Set(["hashedpassword", "passwordhash", "hashvalue", ...HASH_COLUMNS]),
];

/** Names of columns that may hold a clear-text password, and are taken only when they hold hashes. */
export const PASSWORD_COLUMNS: readonly string[] = [
  "password",
  "userpassword",
  "passwd",
  "pwd",
  "pass",
  "credentials",
];

/** Names of columns that hold a salt. */
export const SALT_COLUMNS: readonly string[] = ["salt", "passwordsalt", "hashsalt"];

/** Names of columns that hold a bcrypt work factor. */
export const WORK_FACTOR_COLUMNS: readonly string[] = [
  "workfactor",
  "bcryptworkfactor",
  "bcryptcost",
  "bcryptrounds",
  "costfactor",
  "logrounds",
];
