import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { HASH_FORMATS } from "../../src/passwords/formats/index.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

type Row = Readonly<Record<string, string>>;

const FORMATS = HASH_FORMATS.filter(
  // Their rounds are fixed at a tenth of a second each, and inspect tries them many times.
  (format) => format !== "auto" && !format.startsWith("spring-pbkdf2"),
);

function rowsOf(path: string): readonly Row[] {
  return parse<Row>(readFileSync(path), { columns: true });
}

describe("sample", () => {
  it("gives hashes of every format, and inspect finds each right for its password", async () => {
    const folder = makeTempFolder();
    const at = (name: string) => join(folder, name);
    const made = await runCli([
      "sample",
      "--users",
      String(FORMATS.length),
      "--hash",
      FORMATS.join(","),
      "--out",
      at("users.csv"),
      "--passwords",
      at("passwords.csv"),
      "--hash-params",
      at("params.json"),
    ]);
    expect(made).toMatchObject({ code: 0 });
    const params: unknown = JSON.parse(readFileSync(at("params.json"), "utf8"));
    const passwords = rowsOf(at("passwords.csv"));
    const questions = rowsOf(at("users.csv")).map((user, index) => ({
      hash: user["password_hash"],
      password: passwords[index]?.["password"],
      ...(user["password_salt"] === "" ? {} : { salt: user["password_salt"] }),
      ...(FORMATS[index] === "firebase-scrypt" ? { params } : {}),
      ...(FORMATS[index]?.startsWith("bare-pbkdf2") === true ? { rounds: 4096 } : {}),
    }));
    const input = questions.map((question) => `${JSON.stringify(question)}\n`).join("");
    const end = await runCli(["password", "inspect", "--json"], { input });
    const wrong = FORMATS.filter((_, index) => end.lines[index]?.["verified"] !== true);
    expect(wrong).toEqual([]);
    expect(made.stderr).not.toContain(String(passwords[0]?.["password"]));
  });

  it("plants troubles that check finds, each at its line, and no others", async () => {
    const folder = makeTempFolder();
    const at = (name: string) => join(folder, name);
    await runCli([
      "sample",
      "--users",
      "1200",
      "--troubles",
      "20%",
      "--out",
      at("users.ndjson.gz"),
      "--truth",
      at("truth.ndjson"),
    ]);
    const end = await runCli(["check", at("users.ndjson.gz"), "--run", at("run"), "--json"]);
    expect(end.code).toBe(1);
    const found = rowsOf(at("run/failures.csv")).map(
      (row) => `${row["line"] ?? ""} ${row["code"] ?? ""}`,
    );
    const truth = readFileSync(at("truth.ndjson"), "utf8").trimEnd().split("\n");
    const planted = truth
      .map((line) => JSON.parse(line) as { line: number; trouble: string; issues: string[] })
      .filter(({ issues }) => issues.length > 0);
    expect(found).toEqual(planted.map(({ line, issues }) => `${line} ${issues.join(" ")}`));
    expect(new Set(planted.map(({ trouble }) => trouble)).size).toBe(7);
    const records = gunzipSync(readFileSync(at("users.ndjson.gz"))).toString();
    expect(records.trimEnd().split("\n")).toHaveLength(1200);
  });

  it("shaped after a file holds none of its cells, and its users pass check", async () => {
    const folder = makeTempFolder();
    const at = (name: string) => join(folder, name);
    await runCli(["sample", "--users", "300", "--seed", "9", "--out", at("users.csv")]);
    const made = await runCli([
      "sample",
      "--like",
      at("users.csv"),
      "--users",
      "500",
      "--out",
      at("like.csv"),
      "--passwords",
      at("passwords.csv"),
    ]);
    expect(made).toMatchObject({ code: 0 });
    const before = new Set(rowsOf(at("users.csv")).flatMap((row) => Object.values(row)));
    const rows = rowsOf(at("like.csv"));
    expect(rows).toHaveLength(500);
    const copied = rows.flatMap((row) => Object.values(row)).filter((cell) => before.has(cell));
    expect(copied.filter((cell) => cell.length > 3)).toEqual([]);
    const end = await runCli(["check", at("like.csv"), "--run", at("run"), "--json"]);
    expect(end).toMatchObject({ code: 0 });
    expect(rowsOf(at("passwords.csv"))).toHaveLength(500);
  });
});
