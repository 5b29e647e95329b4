type Json = Readonly<Record<string, unknown>>;

/** An object as it is; an empty one in the place of anything else. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The objects of a list; undefined where it is no list. */
export function objectsOf(value: unknown): readonly Json[] | undefined {
  return Array.isArray(value) ? value.map(objectOf) : undefined;
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number from 0 on. */
export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : undefined;
}
