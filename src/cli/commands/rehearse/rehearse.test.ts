import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMigrationConfig } from "../../../mapping/index.ts";
import { childEnvironment, unusedOrgVariables } from "./child-environment.ts";
import { aimKill } from "./aim-kill.ts";
import { assertRehearsable, readRehearseOptions } from "./options.ts";
import { namedSource } from "./find-source.ts";
import { planLoads } from "./plan-loads.ts";
import { sampleUsers } from "./prove-sign-ins.ts";
import { openWorkFolder } from "./work-folder.ts";

const FLAGS = {
  rateShare: "0.9",
  maxConcurrency: "50",
  windowMs: "2000",
  loads: "10,100,1000,10000,all",
  atMost: "10m",
};

describe("the flags of rehearse", () => {
  it.each([
    [{ loads: "100,10" }, "--loads"],
    [{ loads: "10,10" }, "--loads"],
    [{ loads: "all,10" }, "--loads"],
    [{ loads: "" }, "--loads"],
    [{ plan: "none" }, "--plan"],
    [{ plan: "toString" }, "--plan"],
    [{ plan: "one-app", limit: "100" }, "--plan"],
    [{ limit: "0" }, "--limit"],
    [{ windowMs: "999" }, "--window-ms"],
    [{ atMost: "10" }, "--at-most"],
    [{ atMost: "0m" }, "--at-most"],
    [{ users: "0" }, "--users"],
    [{ users: "10", config: "migration.yaml" }, "--users"],
    [{ passwords: "-" }, "--passwords"],
    [{ staged: true, hook: true }, "--staged, --hook"],
  ])("%o is refused, naming the flag", (flags, at) => {
    expect(() => readRehearseOptions(undefined, { ...FLAGS, ...flags })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", at }),
    );
  });

  it("without a plan the limits are those of a workforce org", () => {
    const { limits, run } = readRehearseOptions("users.csv", FLAGS);
    expect(limits).toEqual({ plan: "workforce", createsPerMinute: 600, windowMs: 2000 });
    expect(run.limit).toBeUndefined();
  });

  it("a source that the config names is refused as one that the command line names", () => {
    const options = readRehearseOptions(undefined, FLAGS);
    const url = "ldaps://dir.example.com/dc=example,dc=com";
    const yaml = `source: {url: '${url}', filter: '(objectClass=person)'}\n`;
    const config = parseMigrationConfig(yaml, { fileName: "migration.yaml" });
    expect(() => namedSource(options, config)).toThrow(
      expect.objectContaining({
        at: "source",
        message:
          "The source that the config names is an address, and a rehearsal reads files alone.",
      }),
    );
  });

  it.each([
    [{ passwords: "accounts.csv" }, "--passwords"],
    [{ config: "migration.yaml" }, "--config"],
  ])("%o is not passed over where users are invented", (flags, at) => {
    const options = readRehearseOptions(undefined, { ...FLAGS, ...flags });
    expect(() => namedSource(options, undefined)).toThrow(
      expect.objectContaining({ code: "SOURCE_MISSING", at }),
    );
  });

  it.each(["-", "https://hr.example.com/users.csv", "postgres://db.example.com/people"])(
    "%s is no source: it is elsewhere, or can't be read again",
    (location) => {
      expect(() => assertRehearsable(location)).toThrow(
        expect.objectContaining({ code: "OPTION_INVALID", at: "[source]" }),
      );
    },
  );
});

describe("the loads", () => {
  const parts = {
    wanted: [10, 100, 1000, 10_000, "all"],
    records: 100_000,
    limits: { plan: "workforce", createsPerMinute: 600, windowMs: 2000 },
    rateShare: 0.9,
    atMostMs: 600_000,
    faults: false,
  } as const;
  const told = (differs: object): readonly string[] =>
    planLoads({ ...parts, ...differs }).map(({ name, limits, trial }) =>
      [
        name,
        ...(limits === "none" ? ["unlimited"] : []),
        ...(trial === "none" ? [] : [trial]),
      ].join(" "),
    );

  it("grow up to the whole source; the largest of at most 1,000 records is killed", () => {
    expect(told({})).toEqual(["10", "100", "1000 kill", "10000", "all"]);
  });

  it("that are larger than the source are left to the whole of it", () => {
    expect(told({ records: 60 })).toEqual(["10", "all kill"]);
    expect(told({ records: 1000 })).toEqual(["10", "100", "all kill"]);
    expect(told({ records: 60, wanted: [10, 100, 1000] })).toEqual(["10", "100 kill"]);
  });

  it("have one with faults where that is wanted, after its twin", () => {
    expect(told({ records: 60, faults: true })).toEqual([
      "10",
      "all kill",
      "all with faults faults",
    ]);
  });

  it("go without limits where these would take longer than there is time", () => {
    // 1,000,000 at 540 in two seconds: an hour.
    expect(told({ records: 1_000_000 }).at(-1)).toBe("all unlimited");
    expect(told({ atMostMs: 30_000 })).toEqual([
      "10",
      "100",
      "1000 kill",
      "10000 unlimited",
      "all unlimited",
    ]);
  });

  it("kill the smallest where all are large", () => {
    expect(told({ wanted: [5000, "all"] })).toEqual(["5000 kill", "all"]);
  });
});

describe("a load that is killed", () => {
  it.each([2, 5, 10, 40, 100, 1000])("of %i users has most of its rest still to send", (users) => {
    const { concurrency, latencyMs } = aimKill(users, 50);
    expect(concurrency).toBeLessThanOrEqual(Math.max(1, users / 8));
    // What is left after half of them takes long enough to be noticed and killed in.
    expect((users / 2 / concurrency) * latencyMs).toBeGreaterThanOrEqual(600);
  });

  it("never has more in flight than it may", () => {
    expect(aimKill(1000, 3).concurrency).toBe(3);
    expect(aimKill(1, 50)).toEqual({ concurrency: 1, latencyMs: 600 });
  });
});

describe("the environment of a rehearsal's processes", () => {
  const real = {
    OKTA_ORG_URL: "https://example.okta.com",
    OKTA_API_TOKEN: "t",
    OKTA_CLIENT_ORGURL: "https://example.okta.com",
    OKTA_CLIENT_TOKEN: "t",
    OKTA_ORG_NAME: "example",
    OKTA_BASE_URL: "okta.com",
    OKTA_API_PRIVATE_KEY: "k",
    HTTPS_PROXY: "http://proxy.example.com:8080",
    no_proxy: "*",
    OKTA_MIGRATE_LOG: "info",
    PATH: "/bin",
  };

  it("has no org, credential or proxy of the caller's, whosoever's names they have", () => {
    expect(childEnvironment(real, { OKTA_ORG_URL: "http://127.0.0.1:1" })).toEqual({
      OKTA_MIGRATE_LOG: "info",
      PATH: "/bin",
      OKTA_ORG_URL: "http://127.0.0.1:1",
    });
  });

  it("leaves out orgs that are not on this machine, by name", () => {
    expect(unusedOrgVariables(real)).toEqual([
      "OKTA_ORG_URL",
      "OKTA_CLIENT_ORGURL",
      "OKTA_ORG_NAME",
    ]);
    expect(unusedOrgVariables({ OKTA_ORG_URL: "http://127.0.0.1:8080" })).toEqual([]);
  });
});

describe("the users who are signed in", () => {
  const user = (seq: number, label: string, route: "hash" | "hook" = "hash") => ({
    seq,
    login: `ann${seq}@example.com`,
    password: new Uint8Array(),
    label,
    route,
  });

  it("are five of each kind, from the first to the last record of the load", () => {
    const users = [
      ...Array.from({ length: 100 }, (_, at) => user(at + 1, "bcrypt 10")),
      user(50, "SHA-256"),
      user(51, "argon2id", "hook"),
    ];
    const samples = sampleUsers(users, "hash", 90);
    expect([...samples.keys()]).toEqual(["bcrypt 10", "SHA-256"]);
    expect(samples.get("bcrypt 10")?.map(({ seq }) => seq)).toEqual([1, 23, 46, 68, 90]);
    expect(samples.get("SHA-256")).toHaveLength(1);
    expect([...sampleUsers(users, "hook", 50).keys()]).toEqual([]);
  });
});

describe("the folder of a rehearsal", () => {
  it("loses the verdict and the runs of an earlier one, and nothing else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "okta-migrate-rehearsal-"));
    try {
      // No process has such a number.
      await mkdir(join(folder, "rehearsal-999999999-abcdef", "load-10"), { recursive: true });
      await mkdir(join(folder, `rehearsal-${process.ppid}-abcdef`));
      await mkdir(join(folder, "runs"));
      await writeFile(join(folder, "rehearsal.md"), "GO");
      const work = await openWorkFolder(folder);
      expect((await readdir(folder)).toSorted()).toEqual(
        [basename(work), `rehearsal-${process.ppid}-abcdef`, "runs"].toSorted(),
      );
      expect((await stat(work)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
