import { ConfigError, type EventSink } from "../../core/index.ts";
import type { ScopeNeeds } from "../../okta/index.ts";

/** Scopes that an operator says the app was granted. */
export interface DeclaredScopes {
  /** Separated by spaces or commas. */
  readonly text: string;
  readonly variable: string;
}

/**
 * Leaves out what an operator did not list: the app was not granted it. What a command then does
 * without is warned of.
 *
 * @throws {ConfigError} OPTION_INVALID when the command can't do without
 */
export function onlyDeclared(
  needs: ScopeNeeds,
  { text, variable }: DeclaredScopes,
  events: EventSink,
): ScopeNeeds {
  const declared = text.split(/[\s,]+/);
  const required = needs.required.filter((scope) => !declared.includes(scope));
  const optional = needs.optional.filter(({ scope }) => declared.includes(scope));
  const [missing = needs.optional[0]?.scope ?? ""] = required;
  if (required.length > 0 || (needs.required.length === 0 && optional.length === 0)) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: variable,
      message: `${variable} does not list ${missing}, which this command needs.`,
      hint: `Grant it to the app (Applications > Applications > the app > Okta API Scopes) and list it, or unset ${variable}: then all that is needed is asked for.`,
    });
  }
  const without = needs.optional.filter((wanted) => !optional.includes(wanted));
  if (without.length > 0) {
    const list = without.map((wanted) => `${wanted.scope} (${wanted.without})`).join(", ");
    events.emit({
      event: "warning",
      message: `${variable} does not list ${list}.`,
      hint: "The run goes on without; list what the app was granted to have it.",
    });
  }
  return { required: needs.required, optional };
}
