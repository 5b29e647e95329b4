/** What stands in the place of `{login}`, `{username}` and `{shortName}`. */
export interface FilterValues {
  readonly login: string;
  readonly username: string;
  readonly shortName: string;
}

/** A filter with its places filled: whatever a person typed stays a value of it (RFC 4515). */
export function fillFilter(filter: string, values: FilterValues): string {
  return filter.replace(/\{(login|username|shortName)\}/g, (_, name: keyof FilterValues) =>
    escapeValue(values[name]),
  );
}

function escapeValue(text: string): string {
  return text.replace(
    /[\\*()\0]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
