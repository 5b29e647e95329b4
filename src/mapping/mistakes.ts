import { ConfigError, type ConfigErrorCode } from "../core/index.ts";

/** One thing that is wrong in `migration.yaml`. */
export interface Mistake {
  /** From 1; undefined when the file has no place for it. */
  readonly line: number | undefined;
  /** The key, such as `profile.login`; `""` for the file as a whole. */
  readonly path: string;
  /** One sentence, safe to print. */
  readonly text: string;
}

const HINT = "Correct the file: docs/reference/migration-yaml.md describes every key.";

/** One error that tells all mistakes of a file, in the order of their lines. */
export function mistakesError(
  fileName: string,
  mistakes: readonly Mistake[],
  code: ConfigErrorCode = "CONFIG_INVALID",
  hint = HINT,
): ConfigError {
  const ordered = mistakes.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
  const first = ordered[0];
  const told = ordered.map((mistake) => `${placeOf(fileName, mistake)}: ${mistake.text}`);
  const message =
    told.length === 1
      ? told.join("")
      : `${fileName} has ${told.length} mistakes:\n${told.map((line) => `  ${line}`).join("\n")}`;
  return new ConfigError({
    code,
    message,
    hint,
    ...(first === undefined ? {} : { at: placeOf(fileName, first) }),
  });
}

function placeOf(fileName: string, { line, path }: Mistake): string {
  const place = line === undefined ? fileName : `${fileName}:${line}`;
  return path === "" ? place : `${place} ${path}`;
}
