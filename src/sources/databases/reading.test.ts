import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../core/index.ts";
import { loadDriver } from "../load-driver.ts";
import { sqlServerConfiguration } from "./connect-sql-server.ts";
import { parseDatabaseAddress } from "./database-address.ts";
import { KeyOrder } from "./key-order.ts";
import { queryError, refusedError } from "./refusals.ts";
import { RowQueue } from "./row-queue.ts";
import { DIALECTS, type Dialect, selectionOf, selectStatement } from "./select-statement.ts";

describe("the statement", () => {
  const { postgresql, mysql } = DIALECTS;
  const sqlServer = DIALECTS["sql-server"];

  it("quotes a table, part by part", () => {
    const table = (name: string) => selectionOf({ table: name }, "db");
    expect(selectStatement(table("app.Users"), postgresql, undefined)).toBe(
      'select * from "app"."Users"',
    );
    expect(selectStatement(table("a`b"), mysql, undefined)).toBe("select * from `a``b`");
    expect(selectStatement(table("a]b"), sqlServer, undefined)).toBe("select * from [a]]b]");
  });

  it("is the query as written without a key, less what ends it", () => {
    const query = "SELECT 1 AS id -- one\n ; \n";
    expect(selectStatement(selectionOf({ query }, "db"), postgresql, undefined)).toBe(
      "SELECT 1 AS id -- one",
    );
  });

  it("begins at a key, and is ordered by it", () => {
    const selection = selectionOf({ query: "SELECT 1 AS id -- one", key: "id" }, "db");
    expect(selectStatement(selection, postgresql, 7)).toBe(
      `select * from (\nSELECT 1 AS id -- one\n) as okta_migrate_rows where "id" >= '7' order by "id"`,
    );
    expect(selectStatement(selection, mysql, 7)).toMatch(/where `id` >= 7 order by `id`$/);
  });
});

describe("a query with a key in SQL Server", () => {
  const select = (query: string): unknown =>
    selectionOf({ query, key: "id" }, "db", DIALECTS["sql-server"]);

  it.each([
    ["WITH a AS (SELECT 1 AS id) SELECT * FROM a", /WITH.*`key`/, /a view/],
    ["-- all\n;with a as (select 1 as id) select * from a", /WITH/, /a view/],
    ["SELECT id FROM users ORDER BY id", /ORDER BY/, /Leave it out/],
    ["select id from (select id from users) u order  by id desc", /ORDER BY/, /Leave it out/],
  ])("is refused where it can't be ordered by it: %s", (query, message, hint) => {
    expect(() => select(query)).toThrow(message);
    expect(() => select(query)).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(hint) as string }),
    );
    expect(selectionOf({ query }, "db", DIALECTS["sql-server"])).toEqual({ query });
    expect(selectionOf({ query, key: "id" }, "db", DIALECTS.postgresql)).toMatchObject({ query });
  });

  it.each([
    "SELECT id, 'order by' AS x, [order by] FROM users -- order by id",
    "SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM users",
    "SELECT TOP 10 id FROM users ORDER BY id",
    "SELECT id FROM users ORDER BY id OFFSET 0 ROWS",
    "SELECT id FROM users WITH (NOLOCK)",
  ])("is taken: %s", (query) => {
    expect(select(query)).toEqual({ query, key: "id" });
  });
});

describe("keys", () => {
  it("are whole numbers, each greater than the one before", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.maxSafeInteger(), { minLength: 1 }), (unsorted) => {
        const keys = unsorted.toSorted((a, b) => a - b);
        const order = new KeyOrder("id", undefined, DIALECTS.postgresql);
        expect(keys.map((key, at) => order.next(at % 2 === 0 ? key : String(key), at + 1))).toEqual(
          keys,
        );
        expect(() => order.next(keys.at(-1), 99)).toThrow(/not unique/);
        expect(() => order.next(Number(keys.at(-1)) - 1, 99)).toThrow(/not ordered as numbers/);
      }),
    );
  });

  it.each([null, undefined, 1.5, "1.5", "a", "9007199254740993", true])("are not %j", (value) => {
    const order = new KeyOrder("id", undefined, DIALECTS.postgresql);
    expect(() => order.next(value, 1)).toThrow(expect.objectContaining({ code: "SOURCE_KEY" }));
  });

  it("may be text of digits, and begin with zeros only where those are compared as numbers", () => {
    const next = (dialect: Dialect): number =>
      new KeyOrder("no", undefined, dialect).next("007", 1);
    expect(next(DIALECTS.mysql)).toBe(7);
    for (const dialect of [DIALECTS.postgresql, DIALECTS.sqlite]) {
      expect(() => next(dialect)).toThrow(/text that begins with zeros/);
    }
  });

  it("begin with the row that is asked for, or it is gone", () => {
    const from = { seq: 5, line: 5, offset: 50 };
    const gone = expect.objectContaining({ code: "SOURCE_CHANGED_WHILE_READ" });
    expect(new KeyOrder("id", from, DIALECTS.postgresql).next(50, 5)).toBe(50);
    expect(() => new KeyOrder("id", from, DIALECTS.postgresql).next(51, 5)).toThrow(gone);
    expect(() => new KeyOrder("id", from, DIALECTS.postgresql).assertBegun()).toThrow(gone);
  });
});

describe("rows that a driver pushes", () => {
  it("are taken in order and in full, and the driver is held meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5_000 }), async (count) => {
        let next = 0;
        let isHeld = false;
        const queue = new RowQueue<number>({
          pause: () => (isHeld = true),
          resume: () => {
            isHeld = false;
            queueMicrotask(send);
          },
        });
        const send = (): void => {
          while (!isHeld && next < count) queue.push(next++);
          if (next === count) queue.end();
        };
        send();
        const rows: number[] = [];
        for await (const batch of queue.batches()) {
          expect(batch.length).toBeLessThanOrEqual(1000);
          expect(next - rows.length).toBeLessThanOrEqual(1000);
          rows.push(...batch);
        }
        expect(rows).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
      { numRuns: 20 },
    );
  });

  it("that came before an error are given before it", async () => {
    const queue = new RowQueue<number>({ pause: () => undefined, resume: () => undefined });
    queue.push(1);
    queue.fail(new Error("lost"));
    const batches = queue.batches();
    expect((await batches.next()).value).toEqual([1]);
    await expect(batches.next()).rejects.toThrow("lost");
  });
});

describe("errors", () => {
  const address = parseDatabaseAddress("postgres://reader@db.example.com/shop");
  const password = new Secret("S3cret");
  const like = (parts: object): Error => Object.assign(new Error("said"), parts);

  it.each([
    [{ code: "ENOTFOUND" }, /no such host, db\.example\.com/],
    [{ code: "ECONNREFUSED" }, /nothing listens/],
    [{ message: "timeout expired" }, /did not answer in time/],
    [{ code: "28P01" }, /password is wrong/],
    [{ code: "ER_ACCESS_DENIED_ERROR" }, /password is wrong/],
    [{ code: "ELOGIN" }, /password is wrong/],
    [{ code: "3D000" }, /no such database/],
    [
      { code: "28000", message: 'no pg_hba.conf entry for host "::1", no encryption' },
      /in this way/,
    ],
    [{ code: "CERT_HAS_EXPIRED" }, /can't be trusted/],
    [{ code: "XX000", message: "strange" }, /strange/],
  ])("of a server that refuses say why: %j", (parts, message) => {
    const error = refusedError({ address, password }, like(parts));
    expect(error).toMatchObject({ code: "SOURCE_REFUSED" });
    expect(error.message).toMatch(message);
    expect(error.message + error.hint).not.toContain("S3cret");
  });

  it.each([
    [{ code: "42703", message: 'column "nope" does not exist' }, /column "nope" does not exist/],
    [{ code: "22P02", message: 'invalid input syntax for type integer: "S3cret"' }, /type integer/],
    [{ errno: 1292, message: "Truncated incorrect INTEGER value: 'S3cret'" }, /Truncated/],
    [{ code: "25006", message: "cannot execute DELETE" }, /would change/],
  ])("of a query keep what they may quote of a row to themselves: %j", (parts, message) => {
    const error = queryError("the database", like(parts));
    expect(error).toMatchObject({ code: "SOURCE_QUERY" });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("S3cret");
  });

  it.each([
    { code: "57P01" },
    { code: "ECONNRESET" },
    { code: "PROTOCOL_CONNECTION_LOST" },
    { message: "Connection terminated unexpectedly" },
  ])("of a connection that broke say that the run goes on: %j", (parts) => {
    expect(queryError("the database", like(parts))).toMatchObject({ code: "SOURCE_LOST" });
  });

  it("of a driver that is missing have the command that installs it", async () => {
    const missing = {
      speaksTo: "SQL Server",
      packages: "tedious@19.2.2",
      load: () => Promise.reject(like({ code: "ERR_MODULE_NOT_FOUND" })),
    };
    await expect(loadDriver(missing)).rejects.toMatchObject({
      code: "DRIVER_MISSING",
      hint: expect.stringContaining("npm install tedious@19.2.2"),
    });
    const broken = { ...missing, load: () => Promise.reject(new Error("broken")) };
    await expect(loadDriver(broken)).rejects.toThrow("broken");
  });
});

describe("SQL Server's driver", () => {
  it.each([
    ["", { encrypt: true, trustServerCertificate: false }],
    ["?encrypt=false", { encrypt: false, trustServerCertificate: false }],
    ["?trustServerCertificate=true", { encrypt: true, trustServerCertificate: true }],
  ])("is told of an address: %s", async (parameters, tls) => {
    const address = parseDatabaseAddress(`sqlserver://reader@db.example.com/shop${parameters}`);
    const configuration = await sqlServerConfiguration({ address, password: new Secret("word") });
    expect(configuration).toMatchObject({
      server: "db.example.com",
      authentication: { options: { userName: "reader", password: "word" } },
      options: { port: 1433, database: "shop", readOnlyIntent: true, ...tls },
    });
  });

  it("can't check a certificate without its name", async () => {
    const address = parseDatabaseAddress("mssql://a@db.example.com/shop?sslmode=verify-ca");
    await expect(sqlServerConfiguration({ address, password: undefined })).rejects.toThrow(
      /verify-ca/,
    );
  });
});
