import type { Route } from "./route-table.ts";

/** Where a path leads. */
export type Match =
  | { readonly kind: "route"; readonly route: Route; readonly parameters: readonly string[] }
  /** The path is known under other methods. */
  | { readonly kind: "method-unknown"; readonly methods: readonly string[] }
  | { readonly kind: "unknown" };

const NO_PARAMETERS: readonly string[] = [];

/** Finds the route of a call; a value in the path is never empty and may hold encoded slashes. */
export class Router {
  readonly #fixed = new Map<string, Match>();
  readonly #patterns: { readonly route: Route; readonly segments: readonly string[] }[] = [];

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.template.includes("{")) {
        this.#patterns.push({ route, segments: route.template.split("/") });
      } else {
        const match: Match = { kind: "route", route, parameters: NO_PARAMETERS };
        this.#fixed.set(`${route.method} ${route.template}`, match);
      }
    }
  }

  /** @param path still encoded, without the query */
  match(method: string, path: string): Match {
    return this.#fixed.get(`${method} ${path}`) ?? this.#matchPatterns(method, path);
  }

  #matchPatterns(method: string, path: string): Match {
    const segments = path.split("/");
    const methods: string[] = [];
    for (const { route, segments: pattern } of this.#patterns) {
      const parameters = parametersOf(pattern, segments);
      if (parameters === undefined) continue;
      if (route.method === method) return { kind: "route", route, parameters };
      methods.push(route.method);
    }
    for (const known of this.#fixed.values()) {
      if (known.kind === "route" && known.route.template === path) methods.push(known.route.method);
    }
    return methods.length > 0 ? { kind: "method-unknown", methods } : { kind: "unknown" };
  }
}

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): readonly string[] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: string[] = [];
  for (const [index, expected] of pattern.entries()) {
    const found = segments[index] ?? "";
    if (expected.startsWith("{")) {
      const value = decoded(found);
      if (value === "") return undefined;
      parameters.push(value);
    } else if (expected !== found) return undefined;
  }
  return parameters;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}
