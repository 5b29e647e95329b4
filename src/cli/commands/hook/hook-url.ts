import { ConfigError } from "../../../core/index.ts";
import type { OrgUrl } from "../../../okta/index.ts";

const AT = "--url";
/** Longest address that Okta takes. @see docs/okta/password-hook.md#registering */
const MAX_CHARACTERS = 1024;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Reads where a hook service is: `https`, or `http` on this machine for an org on this machine.
 *
 * @param orgKind undefined: no org is named
 * @throws {ConfigError} OPTION_INVALID when Okta could not call it
 */
export function readHookUrl(given: string, orgKind: OrgUrl["kind"] | undefined): string {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb || url.hostname === "") throw invalid("is no web address");
  if (url.username !== "" || url.password !== "") {
    throw invalid("holds a user name or password", "Okta sends the secret in a header instead.");
  }
  if (url.hash !== "") throw invalid("has a fragment", "Leave out what stands behind the #.");
  if (text.length > MAX_CHARACTERS || /\s/.test(text)) {
    throw invalid(
      "is longer than Okta takes, or has blanks",
      `Give at most ${MAX_CHARACTERS} characters.`,
    );
  }
  const isLoopback = LOOPBACK.test(url.hostname);
  const isNear = orgKind === undefined || orgKind === "loopback";
  if (url.protocol === "http:" && !(isLoopback && isNear)) {
    throw invalid(
      "is not https, and passwords come in the clear inside of it",
      "Give the https address of the service, or of the proxy before it.",
    );
  }
  if (isLoopback && !isNear) {
    throw invalid(
      "is on this machine, where Okta can't call it",
      "Give the address by which the internet reaches the service.",
    );
  }
  return url.href;
}

function invalid(
  what: string,
  hint = "Give an address such as https://hook.example.com/okta/password-import",
): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at: AT, message: `${AT} ${what}.`, hint });
}
