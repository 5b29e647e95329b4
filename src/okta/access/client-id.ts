import { ConfigError } from "../../core/index.ts";

/**
 * Takes an app's client ID as an operator gives it; white space around it is dropped.
 *
 * @param at what holds it, for messages
 * @throws {ConfigError} OPTION_INVALID when it is none
 */
export function readClientId(text: string, at: string): string {
  const clientId = text.trim();
  if (/^[\x21-\x7e]{1,200}$/.test(clientId)) return clientId;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at} holds a space or another character that no client ID has.`,
    hint: "It is shown in the Admin Console: Applications > Applications > the app > General.",
  });
}
