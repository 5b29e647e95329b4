/*
 * reports owns how outcomes are told: the summary object, causes grouped and counted, what facts
 * about an org mean for a migration, tables and the progress line as plain text, and the rows of failures.csv and created.csv, which it can also
 * read back. It returns strings and values; it must never write, colour by itself, read the time,
 * or show password material: it is given only columns that may be shown.
 */
export {
  type CauseExample,
  type CauseGroup,
  type CauseTally,
  type CauseTallyOptions,
  createCauseTally,
  type TalliedRecord,
} from "./cause-tally.ts";
export { type CleanedValues, type CleaningExample, CleaningExamples } from "./cleaning-tally.ts";
export { createdHeader, type CreatedRecord, createdRow } from "./created-rows.ts";
export { csvLine } from "./csv-line.ts";
export { cellOfValue, valueOfCell } from "./cell-value.ts";
export type { CheckId, CheckLine, CheckStatus } from "./doctor/check-line.ts";
export { countLines, diagnose } from "./doctor/diagnose.ts";
export type {
  AccessKind,
  DoctorFacts,
  NeededScopes,
  OrgAddress,
  PlannedLoad,
  SourceState,
} from "./doctor/doctor-facts.ts";
export { renderDiagnosis } from "./doctor/render-diagnosis.ts";
export {
  type Cause,
  type FailedRecord,
  failuresHeader,
  failuresRow,
  isFailuresHeader,
  type MendedRow,
  parseFailuresRow,
} from "./failure-rows.ts";
export { fitWidth, wrapWidth } from "./display-width.ts";
export { formatCount, formatDuration } from "./format-number.ts";
export { hangText } from "./hang-text.ts";
export { type ProgressState, renderProgress } from "./render-progress.ts";
export { renderTable, type TableColumn, type TableOptions } from "./render-table.ts";
export {
  type MappingLine,
  renderCauses,
  renderMapping,
  type RenderOptions,
  leftOutText,
  renderSummary,
} from "./render-report.ts";
export { renderCleaning } from "./render-cleaning.ts";
export { type CountedRoute, countRoutes, noteWarnings, renderRoutes } from "./render-routes.ts";
export { FieldSurvey } from "./matrix/field-survey.ts";
export { buildMatrix, type MatrixParts, type MatrixRow } from "./matrix/mapping-matrix.ts";
export {
  type MatrixPage,
  matrixHeader,
  matrixRow,
  renderMatrixPage,
} from "./matrix/render-matrix.ts";
export { PLAIN_STYLE, type Style } from "./style.ts";
export { summarise, type SummaryParts } from "./summarise.ts";
export { computeFullRun, type FullRun, type FullRunParts } from "./rehearsal/compute-full-run.ts";
export { decide, type DecisionParts } from "./rehearsal/decide.ts";
export { type CountFacts, findMiscounts, judgeCounts } from "./rehearsal/judge-counts.ts";
export {
  judgeHook,
  type HookTally,
  judgeSignIns,
  type SignInTally,
} from "./rehearsal/judge-sign-ins.ts";
export {
  type CostFacts,
  type CreateWindow,
  judgeTraffic,
  tellCost,
  type TrafficFacts,
} from "./rehearsal/judge-traffic.ts";
export {
  type FaultFacts,
  judgeFaults,
  judgeKill,
  type KillFacts,
} from "./rehearsal/judge-trials.ts";
export type {
  CountedCause,
  Decision,
  LoadCounts,
  LoadProof,
  ProofName,
  RehearsedLoad,
  Rehearsal,
} from "./rehearsal/rehearsal.ts";
export { renderBoardPage } from "./rehearsal/render-board-page.ts";
export { renderRehearsal } from "./rehearsal/render-rehearsal.ts";
