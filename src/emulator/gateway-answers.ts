import { OrgRefusal } from "./org/org-refusal.ts";
import type { Answer } from "./routes/call.ts";
import { ROUTES } from "./routes/route-table.ts";
import type { Match } from "./routes/router.ts";

/** What a gateway in front of the org says when it can't reach it. */
export const HTML_502: Answer = {
  status: 502,
  body: "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>",
  contentType: "text/html",
  headers: [],
};

/** An answer with further header lines. */
export function withHeaders(answer: Answer, headers: readonly string[]): Answer {
  if (headers.length === 0) return answer;
  return { ...answer, headers: [...answer.headers, ...headers] };
}

/** Why a call without a route is refused: it is told what there is. */
export function unknownRoute(match: Exclude<Match, { readonly kind: "route" }>): OrgRefusal {
  if (match.kind === "method-unknown") {
    const cause = `The emulator knows this path with ${match.methods.join(", ")}`;
    const summary = "The endpoint does not support the provided HTTP method";
    return new OrgRefusal(405, "E0000022", summary, [cause]);
  }
  const known = ROUTES.map((route) => route.name).join("; ");
  return new OrgRefusal(501, "E0000060", "Unsupported operation.", [`The emulator knows ${known}`]);
}
