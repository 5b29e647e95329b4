import { createHash } from "node:crypto";
import { appendFile, chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";

import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  ConfigError,
  isUnreadable,
  type SourceEntry,
  SourceError,
  type SourcePosition,
  type UserSource,
} from "../core/index.ts";
import { fileExposure, openSource, type SourceOptions } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sources-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function entriesOf(source: UserSource, from?: SourcePosition): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const batch of source.read(from)) {
    expect(batch.length).toBeGreaterThan(0);
    expect(batch.length).toBeLessThanOrEqual(1000);
    entries.push(...batch);
  }
  return entries;
}

async function valuesOf(options: SourceOptions): Promise<unknown[]> {
  const entries = await entriesOf(openSource(options));
  return entries.map((entry) =>
    isUnreadable(entry) ? entry.issue.code : [...entry.fields.values()],
  );
}

async function errorOf(options: SourceOptions): Promise<unknown> {
  try {
    await openSource(options).head();
  } catch (error) {
    return error;
  }
  return undefined;
}

const CSV = "login,name\nada,Adä €\nbo,Bö\n";
const VALUES = [
  ["ada", "Adä €"],
  ["bo", "Bö"],
];
const OBJECTS = '{"login":"ada","name":"Adä €"}\n{"login":"bo","name":"Bö"}\n';
const LDIF = "version: 1\n\ndn: ada\nname: Adä €\n\n# the second\ndn:: Ym8=\nname:\n  Bö\n";
const ARRAY = `[${OBJECTS.trim().replace("\n", ",\n")}]`;

/** Matches text that holds this. */
const saying = (text: string): unknown => expect.stringContaining(text);

describe("a file", () => {
  it.each([
    ["users.csv", CSV],
    ["semicolons.csv", CSV.replaceAll(",", ";")],
    ["bars.csv", CSV.replaceAll(",", "|")],
    ["users.tsv", CSV.replaceAll(",", "\t")],
    ["users.ndjson", OBJECTS],
    ["users.jsonl", OBJECTS.replaceAll("\n", "\r\n\r\n")],
    ["users.json", ARRAY],
    ["lines.json", OBJECTS],
    ["users.ldif", LDIF],
    ["crlf.ldif", LDIF.replaceAll("\n", "\r\n")],
    ["ldif.dump", `# by hand\n\n${LDIF}`],
    ["array.ndjson", ARRAY],
    ["csv.dump", CSV],
    ["objects.dump", OBJECTS],
    ["array.dump", ARRAY],
  ])("%s is read by its extension or its first bytes, packed or not", async (name, content) => {
    expect(await valuesOf({ location: await fileOf(name, content) })).toEqual(VALUES);
    const packed = await fileOf(`${name}.gz`, gzipSync(content));
    expect(await valuesOf({ location: packed })).toEqual(VALUES);
    const disguised = await fileOf(`packed-${name}`, gzipSync(content));
    expect(await valuesOf({ location: disguised })).toEqual(VALUES);
  });

  it.each(["utf8", "utf-16le", "utf-16be", "utf-32le"])(
    "in %s is recognised by its byte order mark",
    async (encoding) => {
      for (const [format, text] of [
        ["csv", CSV],
        ["json", ARRAY],
        ["ndjson", OBJECTS],
        ["ldif", LDIF],
      ] as const) {
        const bytes = iconv.encode(text, encoding, { addBOM: true });
        expect(await valuesOf({ location: await fileOf(`mark.${format}`, bytes) })).toEqual(VALUES);
      }
    },
  );

  it.each(["utf-16le", "utf-16be"])("in %s is recognised without a mark", async (encoding) => {
    for (const [format, text] of [
      ["csv", CSV],
      ["json", ARRAY],
      ["ndjson", OBJECTS],
    ] as const) {
      const bytes = iconv.encode(text, encoding);
      expect(await valuesOf({ location: await fileOf(`bare.${format}`, bytes) })).toEqual(VALUES);
    }
  });

  it.each([
    ["latin1", "windows-1252"],
    ["windows-1252", "windows-1252"],
    ["iso-8859-15", "iso-8859-15"],
    ["utf16le", "utf-16le"],
    ["gb18030", "gb18030"],
  ])("is read in the encoding that is named: %s", async (named, written) => {
    const location = await fileOf("named.csv", iconv.encode(CSV, written));
    expect(await valuesOf({ location, encoding: named })).toEqual(VALUES);
  });

  it("in another encoding than named is told from bytes that are none", async () => {
    const location = await fileOf("latin.csv", iconv.encode(CSV, "windows-1252"));
    expect(await valuesOf({ location })).toEqual(["UNREADABLE_ENCODING", "UNREADABLE_ENCODING"]);
    const odd = await fileOf(
      "odd.csv",
      Buffer.concat([iconv.encode(`\u{feff}${CSV}x,y`, "utf-16le"), Buffer.from("z")]),
    );
    expect(await valuesOf({ location: odd })).toEqual([...VALUES, "UNREADABLE_ENCODING"]);
    const unmapped = await fileOf("unmapped.csv", Buffer.from("a,b\n1,\x81\n", "latin1"));
    expect(await valuesOf({ location: unmapped, encoding: "latin1" })).toEqual([
      "UNREADABLE_ENCODING",
    ]);
  });

  it("has the SHA-256 of its stored bytes as fingerprint", async () => {
    const bytes = gzipSync(CSV);
    const source = openSource({ location: await fileOf("print.csv.gz", bytes) });
    expect(await source.fingerprint()).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("shows its columns and some values of each", async () => {
    const rows = Array.from({ length: 200 }, (_, at) => `user${at},${at < 5 ? "" : at}`);
    const path = await fileOf("head.csv", `login;id\n${rows.join("\n").replaceAll(",", ";")}`);
    const source = openSource({ location: path });
    const head = await source.head();
    expect(source).toMatchObject({ name: "head", location: path, replayable: true });
    expect(head.description).toBe("CSV, UTF-8, 2 columns");
    expect(head.columns).toEqual(["login", "id"]);
    expect(head.samples.get("login")).toHaveLength(20);
    expect(head.samples.get("id")?.[0]).toBe("5");
  });

  it("of objects shows the keys of the first hundred", async () => {
    const lines = Array.from({ length: 200 }, (_, at) => JSON.stringify({ [`key${at}`]: at }));
    const head = await openSource({ location: await fileOf("k.ndjson", lines.join("\n")) }).head();
    expect(head.columns).toHaveLength(100);
    expect(head.description).toBe("NDJSON, UTF-8, 100 columns");
  });

  it("that changes while it is read stops the reading", async () => {
    const path = await fileOf("growing.csv", `a\n${"x\n".repeat(400_000)}`);
    const read = async (): Promise<void> => {
      let grown = false;
      for await (const _ of openSource({ location: path }).read()) {
        if (!grown) await appendFile(path, "y\n");
        grown = true;
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "SOURCE_CHANGED_WHILE_READ" });
  });
});

describe("a file that can't be read", () => {
  const PIECES = {
    missing: { code: "SOURCE_UNREADABLE", message: "does not exist" },
    empty: { code: "SOURCE_UNREADABLE", message: "is empty" },
  };
  it.each([
    ["empty.csv", "", PIECES.empty],
    ["blank.ndjson", " \n\r\n", PIECES.empty],
    ["empty.json.gz", gzipSync(""), PIECES.empty],
    ["mark.csv", "\u{feff}", PIECES.empty],
    ["cut.csv.gz", gzipSync(CSV).subarray(0, 25), { code: "SOURCE_UNREADABLE", message: "cut" }],
    ["twice.csv", "id,b,id\n", { code: "SOURCE_HEADER", message: '"id"' }],
    ["unnamed.csv", "id,,b,\n", { code: "SOURCE_HEADER", message: "column 2, 4 of 4" }],
    ["open.csv", 'id,"b\n1,2\n', { code: "SOURCE_HEADER", message: "quote" }],
    ["latin.csv", Buffer.from("na\xefve,b\n", "latin1"), { code: "SOURCE_ENCODING", message: "" }],
    ["nul.csv", "a\0\0,b\n", { code: "SOURCE_ENCODING", message: "UTF-8" }],
    ["wrapped.json", '{"users":[{"a":1}]}', { code: "SOURCE_FORMAT_UNKNOWN", message: "one JSON" }],
    ["pretty.json", '{\n "users": [] }', { code: "SOURCE_FORMAT_UNKNOWN", message: "one JSON" }],
    ["text.json", "login,name\n", { code: "SOURCE_FORMAT_UNKNOWN", message: "no JSON" }],
    ["users.ldif", "login,name\n", { code: "SOURCE_FORMAT_UNKNOWN", message: "no LDIF" }],
    ["book.xlsx", "PK\u0003\u0004…", { code: "SOURCE_UNREADABLE", message: "no Excel workbook" }],
    ["book.zip", "PK\u0003\u0004…", { code: "SOURCE_FORMAT_UNKNOWN", message: "Excel" }],
    ["letter.txt", "Dear all\nfoo", { code: "SOURCE_FORMAT_UNKNOWN", message: "no format" }],
  ])("%s says why", async (name, content, { code, message }) => {
    const error = await errorOf({ location: await fileOf(name, content) });
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code, message: saying(message) });
  });

  it("never repeats what may be a hash when its first row is no header", async () => {
    const hash = "5f4dcc3b5aa765d61d8327deb882cf99";
    const error = await errorOf({ location: await fileOf("bare.csv", `${hash},x,${hash}\n`) });
    expect(error).toMatchObject({ code: "SOURCE_HEADER", message: saying("column 3") });
    expect(String(error)).not.toContain(hash);
  });

  it("is missing, or a folder", async () => {
    expect(await errorOf({ location: join(folder, "none.csv") })).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: saying("does not exist"),
    });
    expect(await errorOf({ location: folder })).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: saying("is a folder"),
    });
  });

  it("holds gzip data that break off or are damaged behind its head", async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `${at * 7919},${at ** 3}`);
    const packed = gzipSync(`a,b\n${rows.join("\n")}`);
    const cut = await fileOf("later.csv.gz", packed.subarray(0, packed.length - 20));
    await expect(entriesOf(openSource({ location: cut }))).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: saying("cut short"),
    });
    packed.fill(0xff, 200_000, 200_050);
    const damaged = await fileOf("damaged.csv.gz", packed);
    await expect(entriesOf(openSource({ location: damaged }))).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: saying("broken gzip"),
    });
  });

  it("is an address of no kind that is known, which is not printed", () => {
    const address = "redis://admin:s3cret@directory/";
    expect(() => openSource({ location: address })).toThrow(/^(?!.*s3cret).*redis:\/\//);
  });

  it("is a database of which nothing says what to read", () => {
    const location = "postgres://reader@db/users";
    expect(() => openSource({ location })).toThrow(/neither a query nor a table/);
    expect(() => openSource({ location, database: { table: "users" } })).not.toThrow();
  });

  it.each([
    ["postgres://reader@db/users", { format: "csv" }],
    ["sqlite:users.db", { encoding: "latin1" }],
    ["ldap://directory/dc=example", { delimiter: ";" }],
  ] as const)("is no file, and named with how a file is read: %s", (location, asked) => {
    const [name = ""] = Object.keys(asked);
    const opening = (): unknown => openSource({ location, database: { table: "users" }, ...asked });
    expect(opening).toThrow(`--${name} says how a file is read`);
  });

  it("is asked for with an encoding or a separator that is none", () => {
    expect(() => openSource({ location: "a.csv", encoding: "klingon" })).toThrow(ConfigError);
    expect(() => openSource({ location: "a.csv", encoding: "base64" })).toThrow(ConfigError);
    expect(() => openSource({ location: "a.csv", delimiter: "||" })).toThrow(ConfigError);
    expect(() => openSource({ location: "a.csv", delimiter: "tab" })).not.toThrow();
  });
});

describe("standard input", () => {
  it.each([
    ["CSV", CSV],
    ["TSV", CSV.replaceAll(",", "\t")],
    ["NDJSON", OBJECTS],
    ["JSON", ARRAY],
    ["packed CSV", gzipSync(CSV)],
    ["UTF-16", iconv.encode(CSV, "utf-16be", { addBOM: true })],
  ])("in %s is looked at for its head and then read whole", async (_, content) => {
    const bytes = Buffer.from(content);
    for (const size of [1, 7, 1000]) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      const source = openSource({ location: "-", stdin: Readable.from(chunks) });
      const head = await source.head();
      expect(head.columns).toEqual(["login", "name"]);
      expect(head.samples.get("login")?.[0]).toBe("ada");
      expect(await source.fingerprint()).toBeUndefined();
      const entries = await entriesOf(source);
      expect(entries.map((entry) => !isUnreadable(entry) && [...entry.fields.values()])).toEqual(
        VALUES,
      );
    }
  });

  it.each([
    ["csv", "login,name\n", "ada,x\n", "bo,y\n"],
    ["ndjson", "", '{"login":"ada"}\n', '{"login":"bo"}\n'],
    ["json", "[", '{"login":"ada"},', '{"login":"bo"},'],
    ["ldif", "version: 1\n", "dn: uid=a\nlogin: ada\n\n", "dn: uid=b\nlogin: bo\n\n"],
  ] as const)("gives %s records as they arrive, before the next ones do", async (...texts) => {
    const [format, opening, first, second] = texts;
    const stdin = new PassThrough();
    const source = openSource({ location: "-", format, stdin });
    stdin.write(opening + first);
    expect((await source.head()).samples.get("login")).toEqual(["ada"]);
    const batches = source.read()[Symbol.asyncIterator]();
    expect((await batches.next()).value).toMatchObject([{ seq: 1 }]);
    stdin.write(second);
    expect((await batches.next()).value).toMatchObject([{ seq: 2 }]);
    await batches.return?.();
  });

  it("skips the entries before the one wanted", async () => {
    const source = openSource({ location: "-", stdin: Readable.from([Buffer.from(CSV)]) });
    const entries = await entriesOf(source, { seq: 2, line: 3, offset: 999 });
    expect(entries).toMatchObject([
      {
        seq: 2,
        line: 3,
        fields: new Map([
          ["login", "bo"],
          ["name", "Bö"],
        ]),
      },
    ]);
  });
});

describe("reading on from an entry", () => {
  const garbage = (parts: readonly string[]): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((pieces) => pieces.join(""));
  const tables = garbage(["ä", "b,", '"', '"x\n",', "1,2\n", "1,2\r\n", "\n", '",']).map(
    (body) => ["csv", `p,q\n${body}`] as const,
  );
  const lines = garbage(['{"a":1}\n', "\n", "x\n", '{"ä":2}', " "]).map(
    (body) => ["ndjson", `{"first":0}\n${body}`] as const,
  );
  const entries = garbage(["dn: ä\n", "dn: b\r\n", "sn: x\n", " y\n", "# c\n", "\n", "  \n"]).map(
    (body) => ["ldif", `version: 1\ndn: c\n${body}`] as const,
  );
  const arrays = garbage([
    '{"a":1}',
    ',{"ä":2}',
    ",",
    ",\n",
    "\n  ",
    "{",
    "}",
    "[",
    "]",
    '"',
    ",\n{",
  ]).map((body) => ["json", `\n[${body}`] as const);

  it("gives what a full reading gives from there on, with and without an offset", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(tables, lines, entries, arrays),
        fc.boolean(),
        async ([format, text], mark) => {
          const path = await fileOf(`resume.${format}`, (mark ? "\u{feff}" : "") + text);
          const source = openSource({ location: path });
          const all = await entriesOf(source);
          for (const [at, { seq, line, offset }] of all.entries()) {
            const from = offset === undefined ? { seq, line } : { seq, line, offset };
            expect(await entriesOf(source, from)).toEqual(all.slice(at));
            expect(await entriesOf(source, { seq, line })).toEqual(all.slice(at));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("goes to the byte where a CSV record opens", async () => {
    const text = 'login,name\nä,"x\ny"\nbo,z\n';
    const path = await fileOf("offsets.csv", `\u{feff}${text}`);
    const entries = await entriesOf(openSource({ location: path }));
    const starts = ['ä,"', "bo,"].map((row) => 3 + Buffer.byteLength(text.split(row)[0] ?? ""));
    expect(entries.map(({ offset }) => offset)).toEqual(starts);
  });

  it("works without offsets where the stored bytes can't be entered midway", async () => {
    const location = await fileOf("skip.csv.gz", gzipSync(CSV));
    const source = openSource({ location });
    const [, second] = await entriesOf(source);
    expect(second).not.toHaveProperty("offset");
    expect(await entriesOf(source, { seq: 2, line: 3 })).toEqual([second]);
  });
});

describe("a file of hashes", () => {
  it.skipIf(process.platform === "win32")(
    "is private only when its owner alone may read it (mode bits; not on Windows)",
    async () => {
      const path = await fileOf("hashes.csv", CSV);
      for (const [mode, exposure] of [
        [0o600, "private"],
        [0o640, "readable-by-others"],
        [0o604, "readable-by-others"],
      ] as const) {
        await chmod(path, mode);
        expect(await fileExposure(path)).toBe(exposure);
      }
      await expect(fileExposure(join(folder, "none"))).rejects.toBeInstanceOf(SourceError);
    },
  );
});
