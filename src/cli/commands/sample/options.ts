import {
  fitsLdif,
  SAMPLE_FORMATS,
  SAMPLE_HASHES,
  type SampleFormat,
  type SampleHash,
  type TroubleShares,
} from "../../../sample/index.ts";
import { invalid, readKnown, readWhole } from "./flag-values.ts";
import { readTroubles } from "./read-troubles.ts";

/** What `sample` was asked for, checked. */
export interface SampleOptions {
  /** Undefined with `like`: as many as it has. */
  readonly users: number | undefined;
  readonly format: SampleFormat;
  /** None with `like`: they are those of the file. */
  readonly hashes: readonly SampleHash[];
  /** A file whose shape the records get. */
  readonly like: string | undefined;
  readonly troubles: TroubleShares | undefined;
  /** A path, or `-` for standard output. */
  readonly out: string;
  readonly passwords: string | undefined;
  readonly truth: string | undefined;
  readonly hashParams: string | undefined;
  readonly seed: number;
  readonly json: boolean;
}

type Flags = Readonly<Record<string, unknown>>;

const MOST_USERS = 100_000_000;
const HIGHEST_SEED = 0xffff_ffff;
const USUAL_USERS = 1000;

/** Flags that name a file besides `--out`, and their use. */
const FILES = { passwords: "--passwords", truth: "--truth", hashParams: "--hash-params" } as const;

/**
 * Checks the flags of `sample`.
 *
 * @throws {ConfigError} OPTION_INVALID when one of them makes no sense
 */
export function readSampleOptions(flags: Flags): SampleOptions {
  const out = flags["out"];
  if (typeof out !== "string" || out === "") {
    throw invalid("--out", "is missing", "Name a file, as in --out users.csv, or - for output.");
  }
  const like = readLike(flags, out);
  const options: SampleOptions = {
    users: readUsers(flags["users"], like),
    format: readFormat(flags["format"], out),
    hashes: like === undefined ? readHashes(flags["hash"]) : [],
    like,
    troubles: readTroubles(flags["troubles"]),
    out,
    ...readFiles(flags, [out, ...(like === undefined ? [] : [like])]),
    seed: readWhole(flags["seed"], { at: "--seed", least: 0, most: HIGHEST_SEED }),
    json: flags["json"] === true,
  };
  refuseContradictions(options);
  return options;
}

function refuseContradictions(options: SampleOptions): void {
  const { format, hashes, troubles, out, truth, hashParams, like, json } = options;
  if (json && out === "-") {
    throw invalid("--json", "would mix with the users on standard output", "Name a file in --out.");
  }
  if (truth !== undefined && troubles === undefined) {
    throw invalid("--truth", "has nothing to tell without --troubles", "Add --troubles 2%.");
  }
  const hasFirebase = hashes.includes("firebase-scrypt");
  if (hasFirebase !== (hashParams !== undefined)) {
    throw hasFirebase
      ? invalid(
          "--hash",
          "has firebase-scrypt, whose hashes can't be read without the project's parameters",
          "Name a file for them, as in --hash-params firebase.json.",
        )
      : invalid("--hash-params", "is for firebase-scrypt alone", "Add --hash firebase-scrypt.");
  }
  if (format !== "ldif") return;
  if (like !== undefined) {
    throw invalid(
      "--format",
      "can't be ldif with --like, whose columns are no attributes of a directory",
      "Known with --like are: csv, tsv, ndjson, json, sql.",
    );
  }
  const misfit = hashes.find((hash) => !fitsLdif(hash));
  if (misfit !== undefined) {
    throw invalid(
      "--hash",
      `has ${misfit}, which no directory holds as a userPassword`,
      `Known for LDIF are: ${SAMPLE_HASHES.filter(fitsLdif).join(", ")}.`,
    );
  }
}

function readLike(flags: Flags, out: string): string | undefined {
  const like = flags["like"];
  if (typeof like !== "string") return undefined;
  if (like === "" || like === "-") {
    throw invalid("--like", "needs a file", "Name a file, as in --like users.csv.");
  }
  if (like === out) throw invalid("--like", "is the same file as --out", "Name another file.");
  for (const flag of ["hash", "troubles", "truth", "hashParams"]) {
    if (flags[flag] === undefined) continue;
    const at = flag === "hashParams" ? "--hash-params" : `--${flag}`;
    throw invalid(
      at,
      "can't be combined with --like, which takes everything from the file",
      `Leave out ${at} or --like.`,
    );
  }
  return like;
}

function readUsers(given: unknown, like: string | undefined): number | undefined {
  if (given === undefined) return like === undefined ? USUAL_USERS : undefined;
  return readWhole(given, { at: "--users", least: 1, most: MOST_USERS });
}

/** @param others files that are taken already */
function readFiles(
  flags: Flags,
  others: readonly string[],
): Pick<SampleOptions, keyof typeof FILES> {
  const taken = new Map(others.map((path) => [path, path === others[0] ? "--out" : "--like"]));
  const read = (name: keyof typeof FILES): string | undefined => {
    const path = flags[name];
    const at = FILES[name];
    if (typeof path !== "string") return undefined;
    if (path === "" || path === "-") {
      throw invalid(at, "needs a file", `Name a file, as in ${at} ${name}.txt.`);
    }
    const other = taken.get(path);
    if (other !== undefined) {
      throw invalid(at, `is the same file as ${other}`, "Name another file.");
    }
    taken.set(path, at);
    return path;
  };
  return { passwords: read("passwords"), truth: read("truth"), hashParams: read("hashParams") };
}

function readFormat(given: unknown, out: string): SampleFormat {
  if (given !== undefined) {
    return readKnown(given, { at: "--format", known: SAMPLE_FORMATS, what: "format" });
  }
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(out)?.[1]?.toLowerCase();
  if (ending === "jsonl") return "ndjson";
  return SAMPLE_FORMATS.find((format) => format === ending) ?? "csv";
}

function readHashes(given: unknown): readonly SampleHash[] {
  const names = typeof given === "string" ? given.split(",") : ["bcrypt"];
  const hashes = names.map((name) =>
    readKnown(name.trim(), { at: "--hash", known: SAMPLE_HASHES, what: "format" }),
  );
  return [...new Set(hashes)];
}
