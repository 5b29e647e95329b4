import { LIST_BODY_BYTES, type OrgRequest } from "./transport.ts";

const PATH = "/.well-known/okta-organization";

/** Asks an org what it tells everybody, and finds out whether it is there. @see docs/okta/org.md#metadata */
export const METADATA_REQUEST: OrgRequest = {
  method: "GET",
  route: PATH,
  path: PATH,
  maxBodyBytes: LIST_BODY_BYTES,
  anonymous: true,
};
