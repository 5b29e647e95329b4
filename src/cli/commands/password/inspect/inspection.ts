import type { Issue } from "../../../../core/index.ts";
import {
  type FormatName,
  materialOf,
  type Reading,
  type StoredHash,
} from "../../../../passwords/formats/index.ts";
import { type HashShape, shapeOf } from "../../../../passwords/index.ts";
import { saltOrderOf } from "../salt-order.ts";
import type { Settings, Trial } from "../trials.ts";

/** What is told of one hash. Holds nothing of the hash, the salt or the password. */
export interface Inspection {
  /** The format; several that share a shape are joined by `|`. Null where it is of none. */
  readonly format: string | null;
  /** Format and strength, for people. */
  readonly label?: string;
  /** How it gets to Okta: as a hash, checked by the password import hook, or not at all. */
  readonly carries: "hash" | "hook" | "none";
  readonly okta?: HashShape;
  readonly issues: readonly Issue[];
  /** Absent where no password was given, or where nothing could be computed. */
  readonly verified?: boolean;
  readonly saltOrder?: "PREFIX" | "POSTFIX";
  /** What `migration.yaml` must say for it to be read so, besides the format. */
  readonly settings?: Settings;
  /** What it can be, where nothing tells. */
  readonly candidates?: readonly Candidate[];
}

/** One of the things that a hash can be. */
export interface Candidate {
  readonly format: FormatName;
  readonly carries: "hash" | "hook";
  readonly settings?: Settings;
}

/** What is told of a line that gives no hash. */
export function inspectionOfIssue(issue: Issue): Inspection {
  return { format: null, carries: "none", issues: [issue] };
}

/** What is told of a reading, before any password is tried. */
export function inspectionOf(reading: Reading): Inspection {
  switch (reading.kind) {
    case "absent":
      return inspectionOfIssue(MISSING);
    case "unusable":
      return { ...inspectionOfIssue(reading.issue), format: reading.format ?? null };
    case "stored":
      return inspectionOfStored(reading.stored);
    case "ambiguous":
      return inspectionOfSeveral(reading.candidates, reading.issue);
  }
}

/** What is told of the reading that a password singled out. */
export function inspectionOfTrial({ stored, settings }: Trial): Inspection {
  const inspection = { ...inspectionOfStored(stored), verified: true };
  return Object.keys(settings).length === 0 ? inspection : { ...inspection, settings };
}

function inspectionOfStored(stored: StoredHash): Inspection {
  const { format, label, okta } = stored;
  const saltOrder = saltOrderOf(stored);
  const material = materialOf({ kind: "stored", stored });
  const told = { format, label, ...(saltOrder === undefined ? {} : { saltOrder }) };
  if (okta.kind === "hash") {
    const outline = shapeOf(okta.hash.reveal());
    return { ...told, carries: "hash", okta: outline, issues: okta.warnings };
  }
  const issues = material.kind === "unusable" ? [material.issue] : [];
  return { ...told, carries: "hook", issues };
}

/** What all candidates agree on, so that nobody takes a guess for an answer. */
function inspectionOfSeveral(stored: readonly StoredHash[], issue: Issue): Inspection {
  const each = stored.map(inspectionOfStored);
  const agreed = <T>(read: (one: Inspection) => T): T | undefined => {
    const [first, ...rest] = each.map(read);
    return rest.every((value) => JSON.stringify(value) === JSON.stringify(first))
      ? first
      : undefined;
  };
  const okta = agreed((one) => one.okta);
  const saltOrder = agreed((one) => one.saltOrder);
  return {
    format: [...new Set(each.map(({ format }) => format))].join("|"),
    carries: agreed((one) => one.carries) ?? "none",
    ...(okta === undefined ? {} : { okta }),
    ...(saltOrder === undefined ? {} : { saltOrder }),
    issues: [issue],
    candidates: stored.map(candidateOf),
  };
}

function candidateOf({ format, okta, presumes }: StoredHash): Candidate {
  const settings = Object.keys(presumes).length === 0 ? {} : { settings: presumes };
  return { format, carries: okta.kind, ...settings };
}

const MISSING: Issue = {
  code: "PASSWORD_MISSING",
  reason: "There is no hash.",
  hint: "Give a hash a line, or an object with `hash`.",
};
