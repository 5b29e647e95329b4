import { ConfigError, Secret } from "../../core/index.ts";
import type { ProxySettings } from "../../okta/index.ts";
import { type Environment, isSet } from "../environment.ts";

const PROXY_NAMES = ["https_proxy", "HTTPS_PROXY"] as const;

/**
 * Reads which proxy stands between this machine and others; small letters come first, as in other
 * programs.
 *
 * @returns undefined where there is none
 * @throws {ConfigError} OPTION_INVALID when it is no address of an HTTP proxy; it may hold a password,
 *   and is not repeated
 */
export function readProxy(environment: Environment): ProxySettings | undefined {
  const name = PROXY_NAMES.find((candidate) => isSet(environment[candidate]));
  if (name === undefined) return undefined;
  const text = (environment[name] ?? "").trim();
  const given = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: name,
      message: `${name} is not the address of an HTTP proxy.`,
      hint: "Give it as http://proxy.example.com:8080, with user:password@ before the host where it wants them, or unset it.",
    });
  }
  const exceptFor = environment["no_proxy"] ?? environment["NO_PROXY"] ?? "";
  return { url: new Secret(url.href), exceptFor };
}
