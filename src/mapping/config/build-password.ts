import type { HashSettings, NamedColumn, PasswordRule } from "./migration-config.ts";
import type { PasswordShape } from "./password-schema.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** What `password` says, with the lines of its columns. */
export function buildPassword(
  password: PasswordShape | undefined,
  document: YamlDocument,
): PasswordRule | undefined {
  if (password === undefined) return undefined;
  const lineOf = (...keys: readonly string[]): number => document.lineOf(["password", ...keys]);
  const named = (column: string, ...keys: readonly string[]): NamedColumn => ({
    column: column.trim(),
    line: lineOf(...keys),
    path: ["password", ...keys].join("."),
  });
  const { salt, pepper, params } = password;
  const hashKey = password.hash === undefined ? "value" : "hash";
  const hash = password[hashKey];
  const roundsKey = password.rounds === undefined ? "workFactor" : "rounds";
  const rounds = password[roundsKey];
  return {
    line: lineOf(),
    format: password.format ?? "auto",
    hash: hash === undefined ? undefined : named(hash, hashKey),
    salt: salt === undefined ? undefined : named(salt, "salt"),
    rounds: typeof rounds === "string" ? named(rounds, roundsKey) : rounds,
    settings: settingsOf(password),
    pepper: pepper === undefined ? undefined : { place: pepper.place, line: lineOf("pepper") },
    params:
      typeof params === "object"
        ? Object.entries(params).map(([name, column]) => ({
            name,
            column: named(column, "params", name),
          }))
        : [],
    paramsFile: params === "file" ? { line: lineOf("params") } : undefined,
  };
}

function settingsOf(password: PasswordShape): HashSettings {
  const { saltOrder, saltEncoding, encoding, passwordEncoding, oktaSha256Salt } = password;
  return {
    ...(saltOrder === undefined ? {} : { saltOrder }),
    ...(saltEncoding === undefined ? {} : { saltEncoding }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(passwordEncoding === undefined ? {} : { passwordEncoding }),
    ...(oktaSha256Salt === undefined ? {} : { okta: { sha256Salt: oktaSha256Salt } }),
  };
}
