/**
 * Whether a request is of a kind such as `GET /api/v1/users/{id}`; the query does not matter, and the
 * method `ANY` is each.
 */
export function isOfKind(
  { method, path }: { readonly method: string; readonly path: string },
  kind: string,
): boolean {
  const [wanted, template = ""] = kind.split(" ");
  const segments = (path.split("?")[0] ?? "").split("/");
  const expected = template.split("/");
  return (
    (method === wanted || [method, wanted].includes("ANY")) &&
    segments.length === expected.length &&
    expected.every((one, at) => one.startsWith("{") || one === segments[at])
  );
}
