/** A login in the forms in which a query can take it. */
export interface LoginForms {
  /** Without case, diacritics and space around it. */
  readonly login: string;
  /** As it was typed, less space around it. */
  readonly username: string;
  /** The part before the `@`, or the whole where there is none. */
  readonly shortName: string;
}

/** A statement with the places of its values, as a driver takes it. */
export interface LookupStatement {
  readonly sql: string;
  /** The values of its places, in order. */
  readonly valuesFor: (forms: LoginForms) => readonly string[];
}

/**
 * The statement of a query with `{login}`, `{username}` or `{shortName}` in it. What somebody typed
 * never becomes part of its text: it goes to the server beside it.
 *
 * @param place how the driver writes the place of a value, counted from 1
 */
export function lookupStatement(query: string, place: (at: number) => string): LookupStatement {
  const names: (keyof LoginForms)[] = [];
  const sql = query
    .replace(/[\s;]+$/, "")
    .replace(/\{(login|username|shortName)\}/g, (_, name: keyof LoginForms) =>
      place(names.push(name)),
    );
  return { sql, valuesFor: (forms) => names.map((name) => forms[name]) };
}
