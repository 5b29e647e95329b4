import { ConfigError } from "../../../core/index.ts";

/** The flags of `login`, checked. */
export interface LoginOptions {
  readonly clientId: string | undefined;
  readonly browser: boolean;
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: what all commands can use. */
  readonly scopes: readonly string[] | undefined;
  /** Whether the commands of the hook's programme are among them. */
  readonly programme: boolean;
  readonly json: boolean;
}

const LARGEST_PORT = 65_535;

/**
 * Checks the flags of `login`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readLoginOptions(flags: Readonly<Record<string, unknown>>): LoginOptions {
  const { clientId, port, scopes } = flags;
  const browser = flags["browser"] === true;
  if (port !== undefined && !browser) {
    throw invalid("--port", "goes with --browser", "Leave it out: a code needs no port.");
  }
  if (scopes !== undefined && flags["hook"] === true) {
    throw invalid(
      "--hook",
      "goes with no --scopes",
      "Name the hook's scopes there, or leave it out.",
    );
  }
  return {
    clientId: typeof clientId === "string" ? clientId : undefined,
    browser,
    port: typeof port === "string" ? readPort(port) : 0,
    scopes: typeof scopes === "string" ? readScopes(scopes) : undefined,
    programme: flags["hook"] === true,
    json: flags["json"] === true,
  };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= LARGEST_PORT) return port;
  throw invalid(
    "--port",
    "is no port",
    `Give a whole number up to ${LARGEST_PORT}; 0 is any free one.`,
  );
}

function readScopes(text: string): readonly string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== "");
  if (scopes.length > 0 && scopes.every((scope) => /^okta\.[A-Za-z.]{1,60}$/.test(scope))) {
    return [...new Set(scopes)];
  }
  throw invalid(
    "--scopes",
    "names something that is no scope of Okta's API",
    "Separate them by commas, as in okta.users.manage,okta.users.read.",
  );
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}.`, hint });
}
