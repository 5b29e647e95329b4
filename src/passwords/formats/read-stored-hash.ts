import { type Issue, type PasswordMaterial, Secret, type SourceValue } from "../../core/index.ts";
import type { Computation } from "./computation.ts";
import { describeToOkta } from "./describe-to-okta.ts";
import { FORMATS, type FormatName, type HashFormat } from "./format-table.ts";
import { malformed } from "./faults.ts";
import { labelOf } from "./label.ts";
import { isAbsent } from "./presence.ts";
import {
  type Beside,
  isFault,
  isStoredObject,
  type StoredFormat,
  type StoredValue,
} from "./stored-format.ts";
import type { Reading, StoredHash } from "./stored-hash.ts";

/**
 * Reads what a source holds as one password hash.
 *
 * White space around a text is no part of a hash and is dropped; nothing else is changed. Never
 * throws, and never chooses where the record leaves several computations open.
 *
 * @param format a format that every record must have, or `auto`
 * @see docs/okta/password-hashes.md#shapes
 */
export function readStoredHash(
  found: SourceValue | undefined,
  format: HashFormat,
  beside: Beside = {},
): Reading {
  if (isAbsent(found)) return { kind: "absent" };
  const value = typeof found === "string" ? found.trim() : found;
  if (typeof value !== "string" && !isStoredObject(value)) {
    return {
      kind: "unusable",
      format: undefined,
      issue: malformed("is neither text nor an object").fault,
    };
  }
  const readers = readersOf(value, format, beside);
  if (readers.length === 0) {
    return { kind: "unusable", format: undefined, issue: explain(format) };
  }
  return readBy(readers, value, beside);
}

/** The formats that a value can be of: the first marked one, or all that share a bare shape. */
function readersOf(
  value: StoredValue,
  format: HashFormat,
  beside: Beside,
): readonly StoredFormat[] {
  const fitting = FORMATS.filter(
    (one) => (format === "auto" || one.name === format) && one.recognises(value, beside),
  ) as readonly StoredFormat[];
  const [first] = fitting;
  if (first === undefined) return [];
  return first.isBare === true ? fitting : [first];
}

function readBy(readers: readonly StoredFormat[], value: StoredValue, beside: Beside): Reading {
  const candidates: StoredHash[] = [];
  let fault: Issue | undefined;
  for (const reader of readers) {
    const read = reader.read(value, beside);
    if (isFault(read)) {
      fault ??= read.fault;
      continue;
    }
    for (const { computation, presumes = {} } of read) {
      candidates.push(storedHash(reader.name as FormatName, computation, presumes));
    }
  }
  const [only] = candidates;
  if (only === undefined) {
    const issue = fault ?? malformed("is in no format that is known").fault;
    return { kind: "unusable", format: readers[0]?.name as FormatName, issue };
  }
  if (candidates.length === 1) return { kind: "stored", stored: only };
  return { kind: "ambiguous", candidates, issue: ambiguousIssue(candidates) };
}

function storedHash(
  format: FormatName,
  computation: Computation,
  presumes: StoredHash["presumes"],
): StoredHash {
  return {
    format,
    label: labelOf(format, computation),
    computation: new Secret(computation),
    presumes,
    okta: describeToOkta(computation),
  };
}

function ambiguousIssue(candidates: readonly StoredHash[]): Issue {
  const formats = [...new Set(candidates.map(({ format }) => format))];
  const open =
    formats.length > 1
      ? `can be ${formats.join(" or ")}`
      : `is ${formats[0] ?? ""}, and where or how its salt goes in is not said`;
  return {
    code: "PASSWORD_AMBIGUOUS",
    reason: `The password hash ${open}.`,
    hint: "Say it in migration.yaml under password; okta-migrate password detect finds out with one known password.",
  };
}

function explain(format: HashFormat): Issue {
  if (format !== "auto") return malformed(`is not in the format \`${format}\``).fault;
  return malformed("is in no format that is known; it may be clear text, which is never sent")
    .fault;
}

/** How people call the format of a value by its shape alone; undefined when it is none that is known. */
export function recogniseFormat(found: SourceValue | undefined): string | undefined {
  const value = typeof found === "string" ? found.trim() : found;
  if (value === undefined || (typeof value !== "string" && !isStoredObject(value)))
    return undefined;
  return readersOf(value, "auto", {})[0]?.title;
}

/** What the rest of the program needs of a reading: something to send, or why there is nothing. */
export function materialOf(reading: Reading): PasswordMaterial {
  switch (reading.kind) {
    case "absent":
      return { kind: "none" };
    case "ambiguous":
      return { kind: "unusable", label: "ambiguous", issue: reading.issue, mustMend: true };
    case "unusable":
      return { kind: "unusable", label: reading.format ?? "unknown", issue: reading.issue };
    case "stored": {
      const { okta, label } = reading.stored;
      if (okta.kind === "hash") return { kind: "hash", label, hash: okta.hash };
      const issue: Issue = {
        code: "PASSWORD_UNSUPPORTED",
        reason: `The password hash is ${label}, which Okta can't take: ${okta.because}.`,
        hint: "Set `otherwise: hook` or `otherwise: staged` for such records.",
      };
      return { kind: "unusable", label, issue };
    }
  }
}
