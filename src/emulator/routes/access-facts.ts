import type { App } from "../access/app.ts";
import { knownScopes } from "../access/permission.ts";
import { notFound, validationFailed } from "../org/org-refusal.ts";
import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, parameterOf, queryOf, type RoutedCall } from "./call.ts";

const STATIC_TOKEN_ID = "00Temulatedtoken0001";
const PRINCIPAL_FILTER = /^principalType eq "(OAUTH_CLIENT|SSWS_TOKEN)"$/;

/** `GET /api/v1/apps/{appId}/grants`: scopes granted to an app; its id is its client id. */
export function listGrants(org: Org, call: RoutedCall): Answer {
  const { clientId, scopes } = appOf(org, call);
  const created = org.isoOf(0);
  const granted = scopes === "all" ? knownScopes() : scopes;
  const grants = granted.map((scopeId, index) => ({
    id: `oag${String(index).padStart(17, "0")}`,
    status: "ACTIVE",
    created,
    lastUpdated: created,
    issuer: call.origin,
    clientId,
    scopeId,
    source: "ADMIN",
    _embedded: { scope: { id: scopeId } },
  }));
  return jsonAnswer(JSON.stringify(grants));
}

/** `GET /api/v1/principal-rate-limits`: how much of each limit a token or an app may use. */
export function listPrincipalLimits(org: Org, call: RoutedCall): Answer {
  const type = PRINCIPAL_FILTER.exec(queryOf(call).get("filter") ?? "")?.[1];
  if (type === undefined) {
    throw validationFailed("filter", 'filter: Must be principalType eq "OAUTH_CLIENT" or such');
  }
  const services = org.access.apps().filter((app) => app.kind === "service");
  const ids = type === "SSWS_TOKEN" ? [STATIC_TOKEN_ID] : services.map(({ clientId }) => clientId);
  const createdDate = org.isoOf(0);
  const entities = ids.map((principalId, index) => ({
    id: `prl${String(index).padStart(17, "0")}`,
    orgId: org.id,
    principalId,
    principalType: type,
    defaultPercentage: org.principalPercentage,
    defaultConcurrencyPercentage: 100,
    createdDate,
    lastUpdate: createdDate,
  }));
  return jsonAnswer(JSON.stringify(entities));
}

/** The app that a path names. @throws {OrgRefusal} 404 when there is none */
export function appOf(org: Org, call: RoutedCall): App {
  const id = parameterOf(call, 0);
  const app = org.access.appOf(id);
  if (app === undefined) throw notFound(id, "PublicClientApp");
  return app;
}
