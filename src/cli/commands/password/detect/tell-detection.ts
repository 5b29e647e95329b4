import { type Issue, printable } from "../../../../core/index.ts";
import { isAbsent, materialOf, readStoredHash } from "../../../../passwords/formats/index.ts";
import { formatCount, wrapWidth } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import type { Terminal } from "../../../output/terminal.ts";
import { type HashShape, shapeOf } from "../../../../passwords/index.ts";
import { configLines, configOf } from "./config-lines.ts";
import type { AccountFinding, Detection, FoundWay } from "./detect-way.ts";
import type { KnownAccount } from "./known-account.ts";

/** What is told, and what the telling needs to know. */
export interface DetectionTelling {
  readonly detection: Detection;
  readonly accounts: readonly KnownAccount[];
  /** Whether a pepper was tried. */
  readonly hasPepper: boolean;
}

/** Tells programs, as one event. */
export function tellDetectionToPrograms(telling: DetectionTelling): void {
  const { detection, accounts } = telling;
  const { found, findings, tried } = detection;
  const event = {
    event: "detection",
    found: found !== undefined,
    accounts: accounts.map(({ line }, index) => ({
      line,
      found: findings[index]?.way !== undefined,
    })),
    tried: [...tried.values()].reduce((sum, count) => sum + count, 0),
  };
  const [first] = accounts;
  if (found === undefined || first === undefined) {
    writeJsonLine({ ...event, advice: adviceOf(telling) });
    return;
  }
  const outlines = outlinesOf(found);
  writeJsonLine({
    ...event,
    password: Object.fromEntries(configOf(found.way, first)),
    carries: isCarried(found) ? "hash" : "hook",
    ...(outlines.length === 1 ? { okta: outlines[0] } : {}),
    issues: issuesOf(found),
  });
}

/** Tells people: the lines for `migration.yaml` on standard output, all else on standard error. */
export function tellDetectionToPeople(telling: DetectionTelling, terminal: Terminal): void {
  const { detection, accounts } = telling;
  const { found } = detection;
  const say = (text: string, indent = ""): void => {
    const width = terminal.width() - indent.length;
    for (const line of wrapWidth(printable(text), width)) terminal.print(indent + line);
  };
  const [first] = accounts;
  if (found === undefined || first === undefined) {
    say(failureOf(detection));
    for (const advice of adviceOf(telling)) say(`- ${advice}`);
    return;
  }
  const { way, stored } = found;
  const labels = [...new Set(stored.map(({ label }) => label))].join(" and ");
  say(
    accounts.length === 1
      ? `Found: ${labels}. Write into migration.yaml, with your columns' names:`
      : `Found, and right for all ${accounts.length} accounts: ${labels}. Write into migration.yaml, with your columns' names:`,
  );
  terminal.print("");
  process.stdout.write(`${configLines(configOf(way, first), first).join("\n")}\n`);
  terminal.print("");
  if (way.settings.pepperPlace !== undefined) {
    say("Keep OKTA_MIGRATE_PEPPER_FILE set for check, prove and import.");
  }
  if (isCarried(found)) say("Okta can take it: people keep their passwords.");
  for (const { reason, hint } of issuesOf(found)) {
    say(reason);
    say(hint, "  ");
  }
}

/** Whether Okta itself can take the hash of every account. */
function isCarried({ stored }: FoundWay): boolean {
  return stored.every(({ okta }) => okta.kind === "hash");
}

/** What Okta is told of the accounts, each outline once. */
function outlinesOf({ stored }: FoundWay): readonly HashShape[] {
  const outlines = stored.flatMap(({ okta }) =>
    okta.kind === "hash" ? [shapeOf(okta.hash.reveal())] : [],
  );
  return distinct(outlines, (outline) => JSON.stringify(outline));
}

function issuesOf({ stored }: FoundWay): readonly Issue[] {
  const issues = stored.flatMap((one) => {
    if (one.okta.kind === "hash") return one.okta.warnings;
    const material = materialOf({ kind: "stored", stored: one });
    return material.kind === "unusable" ? [material.issue] : [];
  });
  return distinct(issues, ({ code, reason }) => `${code} ${reason}`);
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

function failureOf({ findings, tried }: Detection): string {
  const formats = [...tried].map(([format, count]) => `${format} (${formatCount(count)})`);
  if (formats.length === 0) return "Nothing could be tried.";
  if (findings.length > 1 && findings.every(({ way }) => way !== undefined)) {
    return `No one way holds for all accounts: ${findings.map(wayOfAccount).join("; ")}.`;
  }
  const open = findings.filter(({ way }) => way === undefined).map(({ line }) => line);
  const where = findings.length === 1 ? "" : ` for account ${open.join(", ")}`;
  return `No way holds${where}. Tried: ${formats.join(", ")}.`;
}

function wayOfAccount({ line, way }: AccountFinding): string {
  if (way === undefined) return `account ${line}: none`;
  const settings = Object.entries(way.settings).map(([key, value]) => `${key} ${String(value)}`);
  return `account ${line}: ${[way.format, ...settings].join(", ")}`;
}

/** What else it could be, likely first. */
function adviceOf({ detection, accounts, hasPepper }: DetectionTelling): readonly string[] {
  const { findings } = detection;
  if (findings.length > 1 && findings.every(({ way }) => way !== undefined)) {
    return [
      "The source holds hashes of several kinds. Split it by kind, each with a migration.yaml of its own.",
    ];
  }
  const open = accounts.filter((_, index) => findings[index]?.way === undefined);
  const advice = new Set<string>();
  for (const { hash, beside } of open) {
    const reading = readStoredHash(hash, "auto", beside);
    if (reading.kind === "unusable") advice.add(`${reading.issue.reason} ${reading.issue.hint}`);
  }
  advice.add("Is it the right password? Sign in to the old system with it first.");
  if (open.some(({ beside }) => isAbsent(beside.salt))) {
    advice.add("Is there a salt in another column? Give it with the hash.");
  }
  if (!hasPepper) {
    advice.add(
      "Does the old system add a secret of its own (a pepper)? Put it into a file and name the file in OKTA_MIGRATE_PEPPER_FILE.",
    );
  }
  for (const { hash } of open) {
    if (typeof hash === "string") {
      advice.add(
        `Was the hash cut off on export? It has ${hash.trim().length} characters; bcrypt has 60, a digest in hexadecimal 32, 40, 64, 96 or 128.`,
      );
    }
  }
  if (detection.isUnsure) {
    advice.add("Some ways could not be computed on this machine, for want of memory.");
  }
  return [...advice];
}
