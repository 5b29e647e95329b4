import { type Environment, isSet } from "../environment.ts";

/** How a token of a variable is sent. */
export interface TokenWay {
  readonly kind: "ssws" | "bearer";
  readonly variable: string;
}

/** Variables that hold a service app. */
export interface AppWay {
  readonly kind: "service-app";
  readonly clientId: string;
  readonly key: string;
  /** Whether the variable of the key may hold the key itself, or only the path of its file. */
  readonly keyIs: "path" | "key or path";
  /** Any of these names the key. */
  readonly keyIds: readonly string[];
  readonly algorithm?: string;
  /** The scopes that the app was granted, as far as the operator says so. */
  readonly scopes?: string;
}

/** A way in that a family of variables knows. */
export type Way = TokenWay | AppWay;

/** Variables that belong together, since one program reads them. */
export interface Family {
  /** For people; undefined for our own names. */
  readonly title: string | undefined;
  /** The variable that names the org, alone or with others. */
  readonly address: (environment: Environment) => Address | undefined;
  readonly ways: (environment: Environment) => readonly Way[];
}

/** Where a family says the org is. */
export interface Address {
  readonly variable: string;
  /** Undefined where a variable that belongs to it is missing. */
  readonly text: string | undefined;
  readonly missing?: string;
}

const OWN: Family = {
  title: undefined,
  address: (environment) => plainAddress(environment, "OKTA_ORG_URL"),
  ways: () => [
    { kind: "bearer", variable: "OKTA_ACCESS_TOKEN" },
    { kind: "ssws", variable: "OKTA_API_TOKEN" },
    {
      kind: "service-app",
      clientId: "OKTA_CLIENT_ID",
      key: "OKTA_PRIVATE_KEY_FILE",
      keyIs: "path",
      keyIds: ["OKTA_PRIVATE_KEY_ID"],
      algorithm: "OKTA_PRIVATE_KEY_ALG",
    },
  ],
};

const SDK: Family = {
  title: "Okta's SDKs",
  address: (environment) => plainAddress(environment, "OKTA_CLIENT_ORGURL"),
  ways: (environment) => {
    const token: TokenWay = { kind: "ssws", variable: "OKTA_CLIENT_TOKEN" };
    const app: AppWay = {
      kind: "service-app",
      clientId: "OKTA_CLIENT_CLIENTID",
      key: "OKTA_CLIENT_PRIVATEKEY",
      keyIs: "key or path",
      keyIds: ["OKTA_CLIENT_KEYID", "OKTA_CLIENT_KID", "OKTA_CLIENT_PRIVATEKEYID"],
      scopes: "OKTA_CLIENT_SCOPES",
    };
    switch (environment["OKTA_CLIENT_AUTHORIZATIONMODE"]?.trim().toLowerCase()) {
      case "ssws":
        return [token];
      case "privatekey":
        return [app];
      case "bearer":
      case "bearertoken":
        return [{ ...token, kind: "bearer" }];
      case undefined:
      default:
        return [token, app];
    }
  },
};

const TERRAFORM: Family = {
  title: "Okta's Terraform provider",
  address: (environment) => {
    // The provider goes to this address in the place of the org's own.
    const instead = plainAddress(environment, "OKTA_HTTP_PROXY");
    if (instead !== undefined) return instead;
    const name = environment["OKTA_ORG_NAME"];
    const domain = environment["OKTA_BASE_URL"];
    if (!isSet(name)) return undefined;
    const variable = "OKTA_ORG_NAME";
    if (!isSet(domain)) return { variable, text: undefined, missing: "OKTA_BASE_URL" };
    return { variable, text: `${name.trim()}.${domain.trim()}` };
  },
  ways: () => [
    { kind: "bearer", variable: "OKTA_ACCESS_TOKEN" },
    { kind: "ssws", variable: "OKTA_API_TOKEN" },
    {
      kind: "service-app",
      clientId: "OKTA_API_CLIENT_ID",
      key: "OKTA_API_PRIVATE_KEY",
      keyIs: "key or path",
      keyIds: ["OKTA_API_PRIVATE_KEY_ID"],
      scopes: "OKTA_API_SCOPES",
    },
  ],
};

/** All that are understood, our own first. */
export const FAMILIES: readonly Family[] = [OWN, SDK, TERRAFORM];

/** The variables that make a way: without them all it is none. */
export function variablesOf(way: Way): readonly string[] {
  return way.kind === "service-app" ? [way.clientId, way.key] : [way.variable];
}

function plainAddress(environment: Environment, variable: string): Address | undefined {
  const text = environment[variable];
  return isSet(text) ? { variable, text } : undefined;
}
