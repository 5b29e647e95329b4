import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Emulator, NATIVE_APP, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { at, send } from "./emulator-caller.ts";
import { sendForm } from "./emulator-oauth-caller.ts";

/** Okta's own description of its OAuth endpoints, which is not part of the project. */
const OPENAPI =
  process.env["OKTA_OAUTH_OPENAPI"] ??
  fileURLToPath(new URL("../../../shared/okta/oauth-2026.06.3.yaml", import.meta.url));
const ROOT = "openapi";
const { clientId: client_id } = NATIVE_APP;
const SCOPE = "openid offline_access okta.users.read";
const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Leaves out what is no JSON Schema, and lets references find their way. */
function sanitised(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(sanitised);
  if (typeof node !== "object" || node === null) return node;
  const members = Object.entries(node).filter(
    ([name]) => !/^(?:example|examples|discriminator|externalDocs)$|^x-/.test(name),
  );
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      name === "$ref" ? `${ROOT}${String(value)}` : sanitised(value),
    ]),
  );
}

describe.runIf(existsSync(OPENAPI))(
  "what the authorization server answers meets Okta's description",
  () => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    let emulator: Emulator;

    beforeAll(async () => {
      addFormats.default(ajv);
      const { components } = parse(readFileSync(OPENAPI, "utf8")) as { components: unknown };
      ajv.addSchema({ $id: ROOT, components: { schemas: sanitised(at(components, "schemas")) } });
      emulator = await startEmulator({ clock: new FakeClock() });
    });

    afterAll(() => emulator.close());

    function errorsOf(body: unknown, name: string): unknown {
      const validate = ajv.compile({ $ref: `${ROOT}#/components/schemas/${name}` });
      return validate(body) ? [] : validate.errors;
    }

    it("codes for a device, a token, and what it is good for", async () => {
      const url = `${emulator.url}/oauth2/v1`;
      const begun = await sendForm(`${url}/device/authorize`, { client_id, scope: SCOPE });
      expect(errorsOf(begun.body, "DeviceAuthorizeResponse")).toEqual([]);
      const device_code = String(at(begun.body, "device_code"));
      const form = { client_id, grant_type: DEVICE_GRANT, device_code };
      const got = await sendForm(`${url}/token`, form);
      expect(errorsOf(got.body, "TokenResponseOrgAs")).toEqual([]);
      const token = String(at(got.body, "access_token"));
      const told = await sendForm(`${url}/introspect`, { client_id, token });
      expect(errorsOf(told.body, "IntrospectionResponse")).toEqual([]);
      const refused = await sendForm(`${url}/token`, form);
      expect(errorsOf(refused.body, "OAuthError")).toEqual([]);
    });

    it.each([
      ["/.well-known/openid-configuration", "OidcMetadata"],
      ["/.well-known/oauth-authorization-server", "OAuthMetadata"],
      ["/oauth2/v1/keys", "OAuthKeys"],
    ])("%s", async (path, name) => {
      const { body } = await send(emulator, { method: "GET", path });
      expect(errorsOf(body, name)).toEqual([]);
    });
  },
);
