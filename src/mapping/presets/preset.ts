/** What is known of the exports of one system. */
export interface Preset<Name extends string = string> {
  readonly name: Name;
  /** The system and the export, for a list. */
  readonly title: string;
  /** What `migration.yaml` would say: `FILE` stands for the source, `HASHES` for a second file. */
  readonly config: string;
  /** Columns that every such export has; one of each group must be there. */
  readonly needs: readonly (readonly string[])[];
  /** Further columns that the config names, and that an export may lack. */
  readonly columns: readonly string[];
  /** CEL that is false for users that are blocked there, where the export says so. */
  readonly unblocked?: string;
  /** What becomes of users that are blocked, unverified or deleted there; one sentence each. */
  readonly notes: readonly string[];
}

/** A preset, its name kept. */
export function preset<const Name extends string>(parts: Preset<Name>): Preset<Name> {
  return parts;
}
