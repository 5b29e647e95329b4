import { holdsStoredHash } from "../../passwords/formats/index.ts";
import { type Mistake, mistakesError } from "../mistakes.ts";
import { buildConfig } from "./build-config.ts";
import { configSchema } from "./config-schema.ts";
import { explainIssues, SECRET, showPath } from "./explain-issues.ts";
import type { MigrationConfig } from "./migration-config.ts";
import { readYaml, type YamlDocument } from "./yaml-document.ts";

/**
 * Reads `migration.yaml`: one YAML document of known keys, without aliases, at most 262,144
 * characters. Whether its columns exist is told later, by {@link planMapping}.
 *
 * @param options `fileName` names the file in messages
 * @throws {ConfigError} CONFIG_INVALID with every mistake and its line; `at` is the first one's
 */
export function parseMigrationConfig(
  yamlText: string,
  options: { readonly fileName: string },
): MigrationConfig {
  const { fileName } = options;
  const reading = readYaml(yamlText);
  if (reading.kind === "broken") throw mistakesError(fileName, reading.mistakes);
  const { document } = reading;
  const parsed = configSchema.safeParse(document.value ?? {});
  const mistakes = parsed.success ? [] : explainIssues(parsed.error.issues, document);
  mistakes.push(...findSecrets(document), ...findImprecise(document));
  if (!parsed.success || mistakes.length > 0) throw mistakesError(fileName, mistakes);
  return buildConfig(parsed.data, document, fileName);
}

function findSecrets(document: YamlDocument): Mistake[] {
  return document.texts
    .filter(({ text }) => holdsStoredHash(text))
    .map(({ line }) => ({
      line,
      path: "",
      text: `A stored hash stands here, where a column is named. ${SECRET}`,
    }));
}

/** Numbers that are not exactly what the file says. */
function findImprecise(document: YamlDocument): Mistake[] {
  const found: Mistake[] = [];
  const search = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value === "number" && !isExact(value)) {
      const text = "This number can't be held exactly; write it in quotes, as text.";
      found.push({ line: document.lineOf(path), path: showPath(path), text });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries<unknown>({ ...value })) {
        search(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    }
  };
  search(document.value, []);
  return found;
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}
