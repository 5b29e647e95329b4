import { buildSource } from "./build-source.ts";
import type { JoinShape } from "./join-schema.ts";
import type { ConfiguredJoin } from "./migration-config.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** What `join` says, with its lines. */
export function buildJoins(
  joins: JoinShape | undefined,
  document: YamlDocument,
): readonly ConfiguredJoin[] {
  return (joins ?? []).map(({ source, key, to, as, many }, index) => ({
    line: document.lineOf(["join", index]),
    source: buildSource(source) ?? { location: undefined },
    key: key.trim(),
    to: to.trim(),
    as,
    many: many ?? false,
  }));
}
