import { grantScopes } from "../access/asked-scopes.ts";
import { unauthorizedClient } from "../access/oauth-refusal.ts";
import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";
import { formOf } from "./form.ts";

/** `POST /oauth2/v1/device/authorize`: codes for a device without a browser. @see docs/okta/access.md#sign-in-by-people */
export async function authorizeDevice({ access }: Org, call: RoutedCall): Promise<Answer> {
  const form = formOf(call);
  const nowMs = access.now();
  const app = await access.clients.authenticate({ call, form }, nowMs);
  if (app.kind !== "native") throw unauthorizedClient();
  const { settings } = access;
  const scopes = grantScopes(app, form.get("scope"), settings.missingScopes);
  const asked = { clientId: app.clientId, scopes };
  const { deviceCode, userCode } = access.devices.begin(asked, settings, nowMs);
  const page = `${call.origin}/activate`;
  const answer = {
    user_code: userCode,
    device_code: deviceCode,
    interval: settings.deviceIntervalSeconds,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    verification_uri: page,
    expires_in: settings.deviceCodeSeconds,
  };
  return jsonAnswer(JSON.stringify(answer));
}

/** `GET /activate`: somebody opens the page with the code, and has answered by that. */
export function activate({ access }: Org, call: RoutedCall): Answer {
  const userCode = queryOf(call).get("user_code");
  if (userCode === null) return page(200, "Add ?user_code= and the code that your device shows.");
  const isKnown = access.devices.answer(userCode.toUpperCase(), access.now());
  if (!isKnown) return page(400, "The user code is invalid or has expired.");
  return page(200, access.settings.signIn === "approve" ? "Device activated." : "Access denied.");
}

function page(status: number, text: string): Answer {
  const body = `<!doctype html><html><head><title>Activate</title></head><body>${text}</body></html>`;
  return { status, body, contentType: "text/html", headers: [] };
}
