import { preset } from "./preset.ts";

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

function claim(column: string, short: string, long: string): string {
  return `(SELECT MIN(c."ClaimValue") FROM "AspNetUserClaims" c WHERE c."UserId" = u."Id" AND c."ClaimType" IN ('${short}', '${CLAIMS}/${long}')) AS "${column}"`;
}

/** ASP.NET Identity, and ASP.NET Core Identity. */
export const aspnetIdentity = preset({
  name: "aspnet-identity",
  title: "ASP.NET Identity: AspNetUsers with AspNetUserClaims, from its database or exported",
  config: `
source:
  preset: aspnet-identity
  path: FILE
  query: >-
    SELECT u."Id", u."UserName", u."Email", u."EmailConfirmed", u."PasswordHash", u."PhoneNumber",
    u."LockoutEnd", u."LockoutEnabled",
    ${claim("GivenName", "given_name", "givenname")},
    ${claim("Surname", "family_name", "surname")}
    FROM "AspNetUsers" u
profile:
  login: 'coalesce(Email, UserName)'
  email: Email
  firstName: 'coalesce(FirstName, GivenName)'
  lastName: 'coalesce(LastName, Surname)'
  mobilePhone: PhoneNumber
password: {hash: PasswordHash}
`,
  needs: [["UserName"], ["PasswordHash"]],
  columns: ["Email", "FirstName", "GivenName", "LastName", "Surname", "PhoneNumber"],
  notes: [
    "Users with `LockoutEnd` in the future can't sign in; Okta takes them like all others.",
    "`EmailConfirmed` and `PhoneNumberConfirmed` are not carried.",
    "Names are taken from claims, or from columns FirstName and LastName of your own.",
  ],
});
