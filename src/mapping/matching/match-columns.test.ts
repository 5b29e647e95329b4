import { describe, expect, it } from "vitest";

import type {
  AttributeSchema,
  DirectorySchema,
  SourceHead,
  SourceValue,
} from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { matchColumns } from "./match-columns.ts";

function headOf(
  columns: readonly string[],
  samples: Record<string, SourceValue[]> = {},
): SourceHead {
  return { description: "", columns, samples: new Map(Object.entries(samples)) };
}

function matched(columns: readonly string[], schema = builtInSchema()): Record<string, string> {
  return Object.fromEntries(matchColumns(headOf(columns), schema).columns);
}

function orgWith(...custom: readonly Partial<AttributeSchema>[]): DirectorySchema {
  const attributes = new Map(builtInSchema().attributes);
  for (const part of custom) {
    const attribute = {
      name: "x",
      type: "string",
      required: false,
      custom: true,
      ...part,
    } as const;
    attributes.set(attribute.name, attribute);
  }
  return { origin: "org", attributes, loginPattern: null };
}

/** Headers as exports of other systems write them. */
const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ["login", ["login", "LOGIN", "username", "user_name", "userName", "User Name", "upn"]],
  ["login", ["userPrincipalName", "login-name"]],
  [
    "email",
    ["email", "e-mail", "E-Mail", "mail", "email_address", "emailAddress", "Email Address"],
  ],
  ["secondEmail", ["second_email", "secondaryEmail", "alternate-email"]],
  ["firstName", ["firstName", "first_name", "First Name", "given_name", "givenName", "fname"]],
  ["lastName", ["last_name", "family_name", "familyName", "surname", "sn", "lname", "last.name"]],
  ["middleName", ["middle_name", "Middle Name"]],
  ["displayName", ["display_name", "fullName", "cn", "name"]],
  ["nickName", ["nickname", "nick_name"]],
  ["title", ["title", "job_title", "jobTitle"]],
  ["honorificPrefix", ["honorific_prefix", "salutation"]],
  ["honorificSuffix", ["suffix"]],
  ["mobilePhone", ["mobile", "mobile_phone", "cell", "Cell Phone"]],
  ["primaryPhone", ["phone", "phone_number", "telephoneNumber", "work phone"]],
  ["streetAddress", ["street", "street_address", "address", "Address 1"]],
  ["city", ["city", "City", "town"]],
  ["state", ["state", "region", "province"]],
  ["zipCode", ["zip", "zip_code", "postal_code", "postcode"]],
  ["countryCode", ["country_code", "country"]],
  ["preferredLanguage", ["language", "preferred_language"]],
  ["timezone", ["timezone", "time_zone", "tz", "zoneinfo"]],
  ["locale", ["locale"]],
  ["employeeNumber", ["employee_number", "employeeID", "employee id"]],
  ["costCenter", ["cost_center", "costCentre"]],
  ["organization", ["organization", "organisation", "company"]],
  ["division", ["division"]],
  ["department", ["department", "dept"]],
  ["managerId", ["manager_id"]],
  ["manager", ["manager"]],
  ["userType", ["user_type", "employeeType"]],
  ["profileUrl", ["profile_url", "website"]],
  ["postalAddress", ["postal_address", "mailingAddress"]],
];

/** Attributes of inetOrgPerson (RFC 2798, RFC 4519, RFC 4524), and of users in Active Directory. */
const DIRECTORY_ATTRIBUTES: readonly (readonly [string, readonly string[]])[] = [
  ["login", ["userPrincipalName"]],
  ["email", ["mail", "rfc822Mailbox"]],
  ["firstName", ["givenName"]],
  ["lastName", ["sn", "surname"]],
  ["displayName", ["displayName", "cn", "commonName"]],
  ["title", ["title"]],
  ["honorificPrefix", ["personalTitle"]],
  ["honorificSuffix", ["generationQualifier"]],
  ["profileUrl", ["wWWHomePage"]],
  ["primaryPhone", ["telephoneNumber"]],
  ["mobilePhone", ["mobile"]],
  ["streetAddress", ["street", "streetAddress"]],
  ["postalAddress", ["postalAddress"]],
  ["city", ["l", "localityName"]],
  ["state", ["st", "stateOrProvinceName"]],
  ["zipCode", ["postalCode"]],
  ["countryCode", ["c", "countryName"]],
  ["organization", ["o", "organizationName", "company"]],
  ["department", ["department", "ou", "departmentNumber", "organizationalUnitName"]],
  ["division", ["division"]],
  ["employeeNumber", ["employeeNumber", "employeeID"]],
  ["userType", ["employeeType"]],
  ["preferredLanguage", ["preferredLanguage"]],
  ["manager", ["manager"]],
];

describe("a column is matched by its name", () => {
  it.each(
    [...HEADERS, ...DIRECTORY_ATTRIBUTES].flatMap(([attribute, names]) =>
      names.map((name) => [name, attribute] as const),
    ),
  )("%s is %s", (name, attribute) => {
    expect(matched([name])[attribute]).toBe(name);
  });

  it("every base attribute has a way to be matched", () => {
    const names = [...builtInSchema().attributes.keys()];
    expect(Object.keys(matched(names))).toEqual(names);
  });

  it.each(["id", "uid", "status", "created_at", "foo", "constructor", "toString", "", "emails"])(
    "%s is nothing of Okta's",
    (name) => {
      expect(matched([name])).toEqual({});
    },
  );
});

describe("of two columns for one attribute", () => {
  it("the one that is called as the attribute wins, and the other is named", () => {
    const { columns, notes } = matchColumns(headOf(["mail", "E-mail", "email"]), builtInSchema());
    expect(columns.get("email")).toBe("email");
    expect(notes).toContain("`email` is taken for email, and not `E-mail`, `mail`.");
  });

  it("the likelier name wins, whatever the order of the columns", () => {
    expect(matched(["upn", "username"])["login"]).toBe("username");
    expect(matched(["username", "upn"])["login"]).toBe("username");
  });

  it("the first wins where the names are equal", () => {
    expect(matched(["first-name", "first_name"])["firstName"]).toBe("first-name");
  });
});

describe("the login", () => {
  it("falls back to the e-mail address, and says so", () => {
    const { columns, notes } = matchColumns(headOf(["mail"]), builtInSchema());
    expect(columns.get("login")).toBe("mail");
    expect(notes).toEqual(["No column is called login: `mail` is taken for it."]);
  });

  it("is its own column where there is one", () => {
    expect(matched(["mail", "username"])).toEqual({ login: "username", email: "mail" });
  });
});

describe("the org's own schema", () => {
  it("gives custom attributes the columns of exactly their name", () => {
    const schema = orgWith({ name: "legacyId" }, { name: "badge" });
    expect(matched(["legacyId", "Badge"], schema)).toEqual({ legacyId: "legacyId" });
  });

  it("goes before usual names: a custom attribute mobile is no mobilePhone", () => {
    expect(matched(["mobile"], orgWith({ name: "mobile" }))).toEqual({ mobile: "mobile" });
  });

  it("keeps read-only attributes out", () => {
    expect(matched(["badge"], orgWith({ name: "badge", readOnly: true }))).toEqual({});
  });
});

describe("what a column holds", () => {
  it("decides whether country is a code", () => {
    const matchOf = (...values: SourceValue[]): string | undefined =>
      matchColumns(headOf(["country"], { country: values }), builtInSchema()).columns.get(
        "countryCode",
      );
    expect(matchOf("DE", "", null, "us")).toBe("country");
    expect(matchOf("DE", "Germany")).toBeUndefined();
    expect(matchOf(49)).toBeUndefined();
  });

  it("keeps the numbers of Active Directory's countryCode out, and takes its code from c", () => {
    const head = headOf(["countryCode", "c"], { countryCode: ["0", "276"], c: ["DE"] });
    expect(matchColumns(head, builtInSchema()).columns.get("countryCode")).toBe("c");
  });

  it("keeps several values out of an attribute of one, and names them, but for what is required", () => {
    const head = headOf(["cn", "mail", "ou"], {
      cn: ["Ada", ["Ada", "Ada Byron"]],
      mail: [["a@example.com", "ada@example.com"]],
      ou: [["Sales"]],
    });
    const { columns, notes } = matchColumns(head, builtInSchema());
    expect([...columns.keys()]).toEqual(["login", "email", "department"]);
    expect(notes[0]).toMatch(/^`cn` has several values in some records.*displayName.*first\(/);
  });

  it("keeps objects out of attributes that are one value", () => {
    const head = headOf(["name", "mail"], { name: [{ given: "Ada" }], mail: [["a@example.com"]] });
    expect([...matchColumns(head, builtInSchema()).columns.keys()]).toEqual(["login", "email"]);
  });
});

it.each(["password", "passwordHash", "pin", "apiToken", "mfa_secret"])(
  "a column called %s is never matched, even to an attribute of that name",
  (name) => {
    expect(matched([name], orgWith({ name }))).toEqual({});
  },
);
