/** A user that the run made. */
export interface CreatedRecord {
  readonly line: number;
  readonly login: string;
  readonly oktaId: string;
}

/** The columns of `created.csv`. */
export function createdHeader(): readonly string[] {
  return ["line", "login", "oktaId"];
}

/** A created user's cells, in the order of {@link createdHeader}. */
export function createdRow({ line, login, oktaId }: CreatedRecord): readonly string[] {
  return [String(line), login, oktaId];
}
