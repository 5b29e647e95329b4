import type { EventEmitter } from "node:events";
import { Request, TYPES } from "tedious";
import { describe, expect, it, vi } from "vitest";
import { askingOn, SQL_SERVER_PLACE } from "./look-up-sql-server.ts";
import { ASK_WITHIN_MS } from "./lookup-connection.ts";
import { lookupStatement } from "./lookup-statement.ts";

/** What of a request is looked at: the driver's own, before it is sent. */
interface SentRequest extends EventEmitter {
  readonly sqlTextOrProcedure: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: unknown;
    readonly value: unknown;
  }[];
  readonly timeout: number;
  readonly callback: (error?: Error | null) => void;
}

function asking(query: string, login: string) {
  const sent: Request[] = [];
  const end = vi.fn<() => void>();
  const { sql, valuesFor } = lookupStatement(query, SQL_SERVER_PLACE);
  const connection = askingOn(
    {
      driver: { Request, TYPES },
      connection: { execSql: (request) => sent.push(request), close: end },
    },
    sql,
  );
  const found = connection.ask(valuesFor({ login, username: login.toUpperCase(), shortName: "a" }));
  const [request] = sent;
  if (request === undefined) throw new Error("nothing was sent");
  return { connection, found, request: request as unknown as SentRequest, end };
}

describe("SQL Server, asked for a login", () => {
  it("gets what was typed beside the statement, as text of any script, and has 2.5 s", () => {
    const query = "SELECT pw FROM users WHERE mail = {login} OR name = {username};";
    const { request } = asking(query, "o'hara'; DROP TABLE users --");
    expect(request.sqlTextOrProcedure).toBe(
      "SELECT pw FROM users WHERE mail = @login1 OR name = @login2",
    );
    expect(request.parameters).toMatchObject([
      { name: "login1", type: TYPES.NVarChar, value: "o'hara'; DROP TABLE users --" },
      { name: "login2", type: TYPES.NVarChar, value: "O'HARA'; DROP TABLE USERS --" },
    ]);
    expect(request.timeout).toBe(ASK_WITHIN_MS);
  });

  it("gives its rows by column", async () => {
    const { connection, found, request, end } = asking("SELECT 1 WHERE {login} = 'a'", "a");
    request.emit("columnMetadata", [{ colName: "pw" }, { colName: "salt" }]);
    request.emit("row", [{ value: "hash" }, { value: Buffer.from("salt") }]);
    request.emit("row", [{ value: "another" }, { value: null }]);
    request.callback(null);
    const { columns, rows } = await found;
    expect(columns).toEqual(["pw", "salt"]);
    expect(rows.map(([first]) => first)).toEqual(["hash", "another"]);
    expect(rows[1]?.[1]).toBeNull();
    connection.end();
    expect(end).toHaveBeenCalledOnce();
  });

  it("says why it can't be asked", async () => {
    const { found, request } = asking("SELECT 1 WHERE {login} = 'a'", "a");
    request.callback(new Error("Invalid object name 'users'."));
    await expect(found).rejects.toThrow("Invalid object name");
  });
});
