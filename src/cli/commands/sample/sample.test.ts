import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TROUBLE_KINDS } from "../../../sample/index.ts";
import { sampleCommand } from "./command.ts";
import { readSampleOptions } from "./options.ts";
import { streamOutput } from "./output.ts";

const DEFAULTS = { seed: "1", out: "users.csv" };

describe("the flags of sample", () => {
  it.each([
    [{ users: "0" }, "--users"],
    [{ users: "1e3" }, "--users"],
    [{ users: "100000001" }, "--users"],
    [{ users: "-5" }, "--users"],
    [{ seed: "4294967296" }, "--seed"],
    [{ seed: "" }, "--seed"],
    [{ format: "xml" }, "--format"],
    [{ hash: "argon3" }, "--hash"],
    [{ hash: "bcrypt,crypt" }, "--hash"],
    [{ hash: "" }, "--hash"],
    [{ hash: "argon2id", format: "ldif" }, "--hash"],
    [{ hash: "firebase-scrypt" }, "--hash"],
    [{ hashParams: "params.json" }, "--hash-params"],
    [{ troubles: "two" }, "--troubles"],
    [{ troubles: "101%" }, "--troubles"],
    [{ troubles: "bad-mail=60%,four-byte=60%" }, "--troubles"],
    [{ troubles: "bad-mail=1%,bad-mail=1%" }, "--troubles"],
    [{ troubles: "bad-mial=1%" }, "--troubles"],
    [{ truth: "truth.ndjson" }, "--truth"],
    [{ troubles: "1%", truth: "users.csv" }, "--truth"],
    [{ passwords: "a", troubles: "1%", truth: "a" }, "--truth"],
    [{ like: "-" }, "--like"],
    [{ like: "users.csv" }, "--like"],
    [{ like: "other.csv", hash: "bcrypt" }, "--hash"],
    [{ like: "other.csv", troubles: "1%" }, "--troubles"],
    [{ like: "other.csv", passwords: "other.csv" }, "--passwords"],
    [{ like: "other.csv", format: "ldif" }, "--format"],
    [{ out: undefined }, "--out"],
    [{ passwords: "-" }, "--passwords"],
    [{ passwords: "users.csv" }, "--passwords"],
    [{ out: "-", json: true }, "--json"],
  ])("%o is refused, naming the flag", (flags, at) => {
    expect(() => readSampleOptions({ ...DEFAULTS, ...flags })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", at }),
    );
  });

  it("an unknown hash format is answered with those that are known", () => {
    expect(() => readSampleOptions({ ...DEFAULTS, hash: "argon3" })).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(/^Known are: bcrypt, .*argon2id, .*ldap-ssha, .*\.$/),
      }),
    );
  });

  it("without --format the ending of the file decides", () => {
    expect(readSampleOptions({ ...DEFAULTS, out: "users.NDJSON" }).format).toBe("ndjson");
    expect(readSampleOptions({ ...DEFAULTS, out: "users.jsonl" }).format).toBe("ndjson");
    expect(readSampleOptions({ ...DEFAULTS, out: "users.tsv.gz" }).format).toBe("tsv");
    expect(readSampleOptions({ ...DEFAULTS, out: "users.SQL" }).format).toBe("sql");
    expect(readSampleOptions({ ...DEFAULTS, out: "users.txt" }).format).toBe("csv");
    expect(readSampleOptions({ ...DEFAULTS, out: "-" }).format).toBe("csv");
    expect(readSampleOptions({ ...DEFAULTS, out: "a.jsonl", format: "csv" }).format).toBe("csv");
  });
});

describe("the share of troubles", () => {
  const troubles = (given: string) => readSampleOptions({ ...DEFAULTS, troubles: given }).troubles;

  it("is divided among all kinds, unless kinds are named", () => {
    expect(troubles("8%")).toMatchObject({ "bad-mail": 0.01, "broken-hash": 0.01 });
    expect(troubles("0.08")).toEqual(troubles("8%"));
    expect(troubles("bad-mail=1%,four-byte=0.5")).toEqual({ "bad-mail": 0.01, "four-byte": 0.5 });
    const tenth = TROUBLE_KINDS.map((kind) => `${kind}=12.5%`).join(",");
    expect(troubles(tenth)).toEqual(troubles("100%"));
  });
});

describe("the files of sample", () => {
  let folder: string;
  let told: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "okta-migrate-sample-"));
    told = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      told += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  async function sample(...flags: string[]): Promise<void> {
    await sampleCommand().parseAsync(flags, { from: "user" });
  }

  it("hold one line per user, in the same order, for their owner only", async () => {
    const out = join(folder, "users.csv");
    const passwords = join(folder, "passwords.csv");
    await writeFile(out, "what was there before, and longer than nothing", { mode: 0o644 });

    await sample("--users", "1200", "--out", out, "--passwords", passwords);

    const emails = (await readFile(out, "utf8")).trimEnd().split("\n").slice(1);
    const logins = (await readFile(passwords, "utf8")).trimEnd().split("\n").slice(1);
    expect(emails).toHaveLength(1200);
    expect(logins.map((line) => line.split(",")[0])).toEqual(
      emails.map((line) => line.split(",")[1]),
    );
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect((await stat(passwords)).mode & 0o777).toBe(0o600);
  });

  it("are the same bytes for the same seed", async () => {
    await sample("--users", "30", "--seed", "5", "--out", join(folder, "a.ndjson"));
    await sample("--users", "30", "--seed", "5", "--out", join(folder, "b.ndjson"));
    await sample("--users", "30", "--seed", "6", "--out", join(folder, "c.ndjson"));
    const [a, b, c] = await Promise.all(
      ["a", "b", "c"].map((name) => readFile(join(folder, `${name}.ndjson`), "utf8")),
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it("whose name ends in .gz are compressed, and hold the same", async () => {
    await sample("--users", "3000", "--out", join(folder, "a.csv"));
    await sample("--users", "3000", "--out", join(folder, "a.csv.gz"));
    const packed = await readFile(join(folder, "a.csv.gz"));
    expect(packed.length).toBeLessThan(400_000);
    expect(gunzipSync(packed).equals(await readFile(join(folder, "a.csv")))).toBe(true);
    expect((await stat(join(folder, "a.csv.gz"))).mode & 0o777).toBe(0o600);
  });

  it("tell of every planted trouble the line at which it stands", async () => {
    const [out, truth] = [join(folder, "a.ndjson"), join(folder, "truth.ndjson")];
    await sample("--users", "500", "--troubles", "four-byte=10%", "--out", out, "--truth", truth);
    const records = (await readFile(out, "utf8")).split("\n");
    const truths = (await readFile(truth, "utf8")).trimEnd().split("\n");
    const lines = truths.map((line) => (JSON.parse(line) as { line: number }).line);
    const found = records.flatMap((record, at) =>
      /[\u{10000}-\u{10ffff}]/u.test(record) ? at + 1 : [],
    );
    expect(lines).toEqual(found);
    expect(lines.length).toBeGreaterThan(20);
    expect((await stat(truth)).mode & 0o777).toBe(0o600);
  });

  it("of firebase-scrypt have the project's parameters in a file for their owner only", async () => {
    const [out, params] = [join(folder, "a.csv"), join(folder, "params.json")];
    await sample(
      "--users",
      "2",
      "--hash",
      "firebase-scrypt",
      "--out",
      out,
      "--hash-params",
      params,
    );
    expect(JSON.parse(await readFile(params, "utf8"))).toMatchObject({ rounds: 8, memCost: 4 });
    expect((await stat(params)).mode & 0o777).toBe(0o600);
    expect(told).toContain(`params: file}, with OKTA_MIGRATE_HASH_PARAMS_FILE=${params}`);
    expect(told).not.toContain("signerKey");
  });

  it("that can't be written are named by their flag", async () => {
    await expect(sample("--users", "1", "--out", join(folder, "no", "such"))).rejects.toMatchObject(
      {
        code: "OPTION_INVALID",
        at: "--out",
      },
    );
  });
});

describe("users on standard output", () => {
  it("wait for a slow reader", async () => {
    const stream = new PassThrough({ highWaterMark: 1024 });
    const output = streamOutput(stream);
    let went = false;
    const writing = output.write("x".repeat(70_000)).then(() => {
      went = true;
    });
    await Promise.resolve();
    expect(went).toBe(false);
    stream.resume();
    await writing;
    expect(went).toBe(true);
  });

  it("end quietly when the reader goes away", async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
      },
    });
    const output = streamOutput(stream);
    await output.write("x".repeat(70_000));
    await output.close();
    await expect.poll(() => output.abandoned).toBe(true);
  });

  it("fail loudly when the disk behind is full", async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
      },
    });
    const output = streamOutput(stream);
    await expect(async () => {
      await output.write("x".repeat(70_000));
      await output.write("x".repeat(70_000));
    }).rejects.toThrow("no space left");
  });
});
