/** Flags of a run by name, from what stands in its journal; none where nothing does. */
export function parseFlags(text: string | undefined): Readonly<Record<string, string>> {
  const stored: unknown = text === undefined ? {} : JSON.parse(text);
  if (typeof stored !== "object" || stored === null) return {};
  const entries = Object.entries(stored).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
