import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleCommand } from "./command.ts";
import { readSampleOptions } from "./options.ts";
import { streamOutput } from "./output.ts";

const DEFAULTS = { users: "1000", hash: "bcrypt", seed: "1", out: "users.csv" };

describe("the flags of sample", () => {
  it.each([
    [{ users: "0" }, "--users"],
    [{ users: "1e3" }, "--users"],
    [{ users: "100000001" }, "--users"],
    [{ users: "-5" }, "--users"],
    [{ seed: "4294967296" }, "--seed"],
    [{ seed: "" }, "--seed"],
    [{ format: "xml" }, "--format"],
    [{ hash: "argon2id" }, "--hash"],
    [{ hash: "bcrypt,scrypt" }, "--hash"],
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
    expect(() => readSampleOptions({ ...DEFAULTS, hash: "argon2id" })).toThrow(
      expect.objectContaining({ hint: "Known are: bcrypt." }),
    );
  });

  it("without --format the ending of the file decides", () => {
    expect(readSampleOptions({ ...DEFAULTS, out: "users.NDJSON" }).format).toBe("ndjson");
    expect(readSampleOptions({ ...DEFAULTS, out: "users.jsonl" }).format).toBe("ndjson");
    expect(readSampleOptions({ ...DEFAULTS, out: "-" }).format).toBe("csv");
    expect(readSampleOptions({ ...DEFAULTS, out: "a.jsonl", format: "csv" }).format).toBe("csv");
  });
});

describe("the files of sample", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "okta-migrate-sample-"));
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
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
