import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceRecord } from "../../core/index.ts";
import { openSource } from "../open-source.ts";
import { makeTempFolder } from "../../../test/support/temp-folder.ts";
import { JoinedSource, type JoinReport } from "./joined-source.ts";

const textAt = (record: SourceRecord, column: string): string | undefined => {
  const value = record.fields.get(column);
  return typeof value === "string" && value !== "" ? value : undefined;
};

interface Scene {
  readonly users: readonly object[];
  readonly hashes: readonly (object | string)[];
  readonly partners?: "one" | "many";
}

interface Joined {
  readonly source: JoinedSource;
  readonly reports: JoinReport[];
}

async function joinedOf({ users, hashes, partners = "one" }: Scene): Promise<Joined> {
  const folder = makeTempFolder();
  const lines = (list: readonly (object | string)[]): string =>
    list.map((one) => `${typeof one === "string" ? one : JSON.stringify(one)}\n`).join("");
  const main = join(folder, "users.ndjson");
  const other = join(folder, "hashes.ndjson");
  await writeFile(main, lines(users));
  await writeFile(other, lines(hashes));
  const reports: JoinReport[] = [];
  const source = new JoinedSource({
    source: openSource({ location: main }),
    joins: [
      {
        source: openSource({ location: other }),
        keyOf: (record) => textAt(record, "user"),
        askedBy: (record) => textAt(record, "id"),
        as: "hash",
        partners,
      },
    ],
    encryptionKey: () => "ab".repeat(32),
    onJoined: (report) => reports.push(report),
  });
  return { source, reports };
}

async function readAll(source: JoinedSource, from = 1): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const batch of source.read({ seq: from, line: 0 })) {
    for (const entry of batch) if (!isUnreadable(entry)) records.push(entry);
  }
  return records;
}

describe("a source joined with another", () => {
  it("gives each record its partner, in the order of the main source", async () => {
    const { source, reports } = await joinedOf({
      users: [{ id: "a" }, { id: "b" }, { id: "c" }, { name: "none" }],
      hashes: [
        { user: "c", hash: "3" },
        { user: "a", hash: "1" },
        { user: "x", hash: "9" },
      ],
    });
    const records = await readAll(source);
    expect(records.map(({ fields }) => fields.get("hash"))).toEqual([
      { user: "a", hash: "1" },
      undefined,
      { user: "c", hash: "3" },
      undefined,
    ]);
    expect(reports).toMatchObject([{ records: 3, joined: 2, alone: 2, unused: 1, unusable: 0 }]);
  });

  it("gives lists where several are meant", async () => {
    const { source } = await joinedOf({
      users: [{ id: "a" }, { id: "b" }],
      hashes: [
        { user: "a", group: "x" },
        { user: "b", group: "x" },
        { user: "a", group: "y" },
      ],
      partners: "many",
    });
    expect((await readAll(source)).map(({ fields }) => fields.get("hash"))).toEqual([
      [
        { user: "a", group: "x" },
        { user: "a", group: "y" },
      ],
      [{ user: "b", group: "x" }],
    ]);
  });

  it("takes none of two partners where one is meant, and says where they stand", async () => {
    const { source } = await joinedOf({
      users: [{ id: "a" }],
      hashes: [{ user: "a", hash: "s3cret-1" }, { user: "b" }, { user: "a", hash: "s3cret-2" }],
    });
    const [record] = await readAll(source);
    expect(record?.fields.has("hash")).toBe(false);
    expect(record?.issues).toMatchObject([
      { code: "JOIN_AMBIGUOUS", field: "hash", reason: expect.stringContaining("lines 1 and 3") },
    ]);
    expect(JSON.stringify(record?.issues)).not.toContain("s3cret");
  });

  it("counts joined records that can't be used, with their lines", async () => {
    const { source, reports } = await joinedOf({
      users: [{ id: "a" }],
      hashes: [{ user: "a" }, "{broken", { name: "no key" }],
    });
    await readAll(source);
    expect(reports).toMatchObject([{ records: 1, unusable: 2, unusableLines: [2, 3] }]);
  });

  it("can be taken up again at any record, and is another source when either file is", async () => {
    const users = [{ id: "a" }, { id: "b" }];
    const { source } = await joinedOf({ users, hashes: [{ user: "b", hash: "2" }] });
    const [second] = await readAll(source, 2);
    expect(second).toMatchObject({ seq: 2, line: 2 });
    expect(second?.fields.get("hash")).toEqual({ user: "b", hash: "2" });
    const { source: other } = await joinedOf({ users, hashes: [{ user: "b", hash: "3" }] });
    expect(await other.fingerprint()).not.toBe(await source.fingerprint());
  });

  it("shows what is joined in its head, for the mapping to know", async () => {
    const { source } = await joinedOf({ users: [{ id: "a" }], hashes: [{ user: "x", hash: "1" }] });
    const { columns, samples, description } = await source.head();
    expect(columns).toEqual(["id", "hash"]);
    expect(samples.get("hash")).toEqual([{ user: "x", hash: "1" }]);
    expect(description).toContain("joined with");
  });

  it("joins as a look-up in memory would, whatever the keys", async () => {
    const key = fc.string({ unit: "binary", minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { minLength: 1 }),
        fc.array(key, { minLength: 1 }),
        async (known, asked) => {
          const { source } = await joinedOf({
            users: asked.map((id) => ({ id })),
            hashes: known.map((user, at) => ({ user, at })),
          });
          const found = (await readAll(source)).map(({ fields }) => fields.get("hash"));
          expect(found).toEqual(
            asked.map((id) =>
              known.includes(id) ? { user: id, at: known.indexOf(id) } : undefined,
            ),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
