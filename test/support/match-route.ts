/** Whether a request is of a kind such as `GET /api/v1/users/{id}`; the query does not matter. */
export function isOfKind(
  { method, path }: { readonly method: string; readonly path: string },
  kind: string,
): boolean {
  const [wanted, template = ""] = kind.split(" ");
  const segments = (path.split("?")[0] ?? "").split("/");
  const expected = template.split("/");
  return (
    method === wanted &&
    segments.length === expected.length &&
    expected.every((one, at) => one.startsWith("{") || one === segments[at])
  );
}
