/*
 * mapping owns what a source's columns mean: it reads `migration.yaml`, or matches columns by name,
 * and turns source records into drafts with their values typed as the schema says. It also drafts
 * `migration.yaml` for a source that it looks at, and says which columns of a record may be shown.
 * It must never judge a value that has the right type,
 * change one that nobody asked to change, or put a value of a record into a message.
 */
export type {
  AttributeCleaning,
  ConfiguredFormat,
  ConfiguredJoin,
  ConfiguredPreset,
  ConfiguredStore,
  DuplicateRule,
  HashSettings,
  MigrationConfig,
  NamedColumn,
  NamedParameter,
  PasswordRule,
  ProfileRule,
  RuleValue,
} from "./config/migration-config.ts";
export { parseMigrationConfig } from "./config/parse-migration-config.ts";
export { type AttributeProposal, schemaBody } from "./drafting/attribute-proposal.ts";
export type {
  CleaningSuggestion,
  DraftedMapping,
  DraftingAnswers,
  DraftedLine,
  DraftedPassword,
  DraftingInput,
  DraftingQuestion,
  LoginOption,
  MaskedRecord,
  ProposedLine,
  UnusedColumn,
} from "./drafting/drafted-mapping.ts";
export { draftMapping } from "./drafting/draft-mapping.ts";
export { namesPeople } from "./drafting/names-people.ts";
export type { DraftedSource } from "./drafting/write-source.ts";
export type { Certainty } from "./drafting/guess.ts";
export { type SourceFacts, SourceLook } from "./drafting/looking/source-look.ts";
export type { CleaningLine, MappedField, MappedRecord, Mapping, MappingLine } from "./mapping.ts";
export type { HashSecrets } from "./password/hash-secrets.ts";
export { type OpenQuestion, type PasswordAnswer, withAnswer } from "./password/open-question.ts";
export { type JoinKeys, type KeyReader, planJoin } from "./plan-join.ts";
export { type MappingInput, planMapping } from "./plan-mapping.ts";
export { type NamedPreset, withPreset } from "./presets/with-preset.ts";
export { type Preset } from "./presets/preset.ts";
export { PRESETS, type PresetName } from "./presets/presets.ts";
export { shownFields } from "./shown-fields.ts";
