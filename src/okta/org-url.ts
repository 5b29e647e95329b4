import { ConfigError } from "../core/index.ts";

/** What an org is used for, judged by its address alone. */
export type OrgKind = "production" | "preview" | "loopback";

/** The address of an org, normalised. */
export interface OrgUrl {
  /** Scheme and host, and a port that is not the scheme's own: `https://example.okta.com`. */
  readonly origin: string;
  /** Host with its port where there is one: `example.okta.com`. */
  readonly host: string;
  /** `preview`: under `oktapreview.com`. `loopback`: this machine. All else is `production`. */
  readonly kind: OrgKind;
  /** The variable that it came from. */
  readonly variable: string;
}

/** Makes what is thrown; without a hint, an example is shown. */
type Refuse = (message: string, hint?: string) => ConfigError;

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);
const ADMIN_HOST = /^(.+)-admin(\.okta(?:preview|-emea|-gov)?\..+)$/;

/**
 * Reads the address of an org: a bare host, a scheme in any case and a trailing slash will do.
 *
 * A bare loopback host stands for http, any other for https.
 *
 * @param variable where it came from
 * @throws {ConfigError} ORG_URL_MISSING when it is empty
 * @throws {ConfigError} ORG_URL_INVALID when it is no address, not https, or more than an origin
 */
export function parseOrgUrl(text: string | undefined, variable = "OKTA_ORG_URL"): OrgUrl {
  const invalid: Refuse = (message, hint = exampleOf(variable)) =>
    new ConfigError({ code: "ORG_URL_INVALID", at: variable, message, hint });
  const given = (text ?? "").trim();
  if (given === "") {
    throw new ConfigError({
      code: "ORG_URL_MISSING",
      at: variable,
      message: "The address of the Okta org is not given.",
      hint: exampleOf(variable),
    });
  }
  const url = parse(given, invalid);
  refuseExtras(url, variable, invalid);
  const host = url.host.replace(/\.(?=$|:)/, "");
  const isLoopback = LOOPBACK_HOSTS.has(url.hostname);
  if (!isLoopback && !host.includes(".") && !host.startsWith("[")) {
    // Not repeated: it may be a token that was put in the wrong variable.
    throw invalid("The address of the org has no domain.");
  }
  if (url.protocol === "http:" && !isLoopback) {
    throw invalid(
      `The address of the org is plain http; ${host} is sent secrets, so it must be https.`,
      `Write https://${host}; plain http is for a server on this machine alone.`,
    );
  }
  const admin = ADMIN_HOST.exec(host);
  if (admin !== null) {
    throw invalid(
      `${host} is the address of the Admin Console, which takes no API requests.`,
      `Drop "-admin": https://${admin[1] ?? ""}${admin[2] ?? ""}`,
    );
  }
  const origin = `${url.protocol}//${host}`;
  return { origin, host, kind: kindOf(url.hostname, isLoopback), variable };
}

function parse(given: string, invalid: Refuse): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(given);
  const text = hasScheme ? given : `${schemeOfBareHost(given)}://${given}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid("The address of the org can't be read as a URL.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw invalid("The address of the org is neither https nor http.");
  }
  return url;
}

function schemeOfBareHost(given: string): "http" | "https" {
  return /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::|\/|$)/i.test(given) ? "http" : "https";
}

function refuseExtras(url: URL, variable: string, invalid: Refuse): void {
  if (url.username !== "" || url.password !== "") {
    throw invalid(
      "The address of the org holds a user name or a password.",
      `Leave them out; credentials have variables of their own. ${exampleOf(variable)}`,
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw invalid('The address of the org has a "?" or a "#" part.', originHint(url));
  }
  if (/[^/]/.test(url.pathname)) {
    throw invalid("The address of the org has a path.", originHint(url));
  }
}

function originHint(url: URL): string {
  return `Give the origin alone: https://${url.host}`;
}

function exampleOf(variable: string): string {
  return `Set ${variable} to the address of the org, such as https://example.okta.com.`;
}

function kindOf(hostname: string, isLoopback: boolean): OrgKind {
  if (isLoopback) return "loopback";
  return /(?:^|\.)oktapreview\.com\.?$/.test(hostname) ? "preview" : "production";
}
