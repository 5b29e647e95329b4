/**
 * Operations that client or emulator have and Okta's description has not, each with the reason. A
 * test fails where one of them is described after all.
 */
export const UNDESCRIBED: Readonly<Record<string, string>> = {
  "POST /api/v1/authn": "Okta describes its older authentication API in prose alone",
  "GET /activate": "a page for people, no API",
  "GET /.well-known/oauth-authorization-server":
    "described for custom authorization servers alone, whose schema is held against the answer",
};

/** Schemas of answers whose operation is not described, by operation. */
export const SCHEMAS_BESIDE: Readonly<Record<string, string>> = {
  "GET /.well-known/oauth-authorization-server": "OAuthMetadata",
};

/** A fault of the description itself. */
interface KnownWrong {
  /** Operations, as the description names them. */
  readonly operations: readonly string[];
  readonly fault: RegExp;
  readonly why: string;
}

/** What Okta's description is known to be wrong about: faults that are none. */
export const KNOWN_WRONG: readonly KnownWrong[] = [
  {
    operations: [
      "GET /api/v1/meta/schemas/user/{schemaId}",
      "POST /api/v1/meta/schemas/user/{schemaId}",
    ],
    fault: /^\/(?:description|_links\/type) is not described$/,
    why: "its own example has the description, misspelt; the older reference has the link",
  },
  {
    operations: [
      "POST /oauth2/v1/token",
      "POST /oauth2/v1/device/authorize",
      "POST /oauth2/v1/revoke",
      "POST /oauth2/v1/introspect",
    ],
    fault: /^\/(?:client_id|client_assertion|client_assertion_type) is not described$/,
    why: "how a client authenticates is told beside the form, though it stands in the form",
  },
  {
    operations: ["POST /oauth2/v1/token"],
    fault: /^\/token_type must be equal to one of the allowed values$/,
    why: "Okta's guide to DPoP answers with the type DPoP, the description knows Bearer alone",
  },
  {
    operations: ["POST /oauth2/v1/token"],
    fault: /^\/device_code is not described$/,
    why: "its enum of grants names the device grant, whose form is forgotten",
  },
  {
    operations: ["GET /oauth2/v1/keys"],
    fault: /^\/keys\/\d+\/[ne] is not described$/,
    why: "its discriminator is the type of a key, and is mapped by the use of it",
  },
  {
    operations: ["POST /api/v1/meta/schemas/user/{schemaId}"],
    fault: /^\/definitions\/custom\/(?:id|type) is readOnly$/,
    why: "its own example sends them",
  },
];
