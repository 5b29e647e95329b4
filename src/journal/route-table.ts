import type { Issue, Route, RouteCount, RoutedPassword } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import { ENDED_WELL, STATE } from "./schema.ts";

/** Where every record has another strength, as drawn rounds have, further labels are counted as one. */
const MOST_ROUTES = 1000;
const OTHER_LABEL = "other formats";
const NO_WARNINGS: readonly Issue[] = [];

/** Labels and routes of passwords: a few rows, to which all records point. */
export class RouteTable {
  readonly #connection: Connection;
  /** Rows that are known to be there, by their text. */
  readonly #ids = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Number of a label and route, inside a transaction that may write it. */
  idOf(password: RoutedPassword): number {
    const { label, route, warnings = NO_WARNINGS } = password;
    const codes = warnings.length === 0 ? "" : warnings.map(({ code }) => code).join(" ");
    const key = `${route} ${label} ${codes}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#ids.size >= MOST_ROUTES && label !== OTHER_LABEL) {
      return this.idOf({ ...password, label: OTHER_LABEL });
    }
    const id = this.#insert([label, route, JSON.stringify(warnings)]);
    this.#ids.set(key, id);
    return id;
  }

  #insert(row: readonly [label: string, route: Route, warnings: string]): number {
    this.#connection.run("INSERT OR IGNORE INTO route (label, route, warnings) VALUES (?, ?, ?)", [
      ...row,
    ]);
    const found = this.#connection.get<readonly [number]>(
      "SELECT id FROM route WHERE label = ? AND route = ? AND warnings = ?",
      [...row],
    );
    return found?.[0] ?? 0;
  }

  /** Forgets which rows are there, since a transaction that wrote some was rolled back. */
  forget(): void {
    this.#ids.clear();
  }

  /** Counts all records, each once; who is rejected takes no other route, whatever was planned. */
  count(): readonly RouteCount[] {
    return this.#connection
      .all<readonly [string, Route, string, number]>(
        `SELECT label, iif(is_rejected, 'rejected', route), iif(is_rejected, '[]', warnings), count
         FROM (
           SELECT route AS id, state = ${STATE.rejected} AS is_rejected, count(*) AS count
           FROM record WHERE state != ${STATE["left-out"]} GROUP BY 1, 2
           UNION ALL SELECT route, 0, count(*) FROM former WHERE state IN ${ENDED_WELL} GROUP BY 1)
         JOIN route USING (id)`,
      )
      .map(([label, route, warnings, count]) => ({
        label,
        route,
        count,
        warnings: JSON.parse(warnings) as Issue[],
      }));
  }
}
