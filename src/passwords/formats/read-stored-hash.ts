import type { Issue, PasswordMaterial, SourceValue } from "../../core/index.ts";
import { ambiguousIssue } from "./ambiguity.ts";
import { passwordOfList } from "./credential-list.ts";
import { FORMATS, type FormatName, type HashFormat } from "./format-table.ts";
import { malformed } from "./faults.ts";
import { isAbsent } from "./presence.ts";
import { refusalOf } from "./refusals.ts";
import {
  type Beside,
  isFault,
  isStoredObject,
  type StoredFormat,
  type StoredValue,
} from "./stored-format.ts";
import { toStoredHash } from "./to-stored-hash.ts";
import type { Reading, StoredHash } from "./stored-hash.ts";

const TABLE: readonly StoredFormat[] = FORMATS;

/**
 * Reads what a source holds as one password hash.
 *
 * White space around a text is no part of a hash and is dropped; of a list of credentials the password
 * is taken; nothing else is changed. Never
 * throws, and never chooses where the record leaves several computations open.
 *
 * @param format a format that every record must have, or `auto`
 * @see docs/okta/password-hashes.md#shapes
 */
export function readStoredHash(
  given: SourceValue | undefined,
  format: HashFormat,
  beside: Beside = {},
): Reading {
  const found = passwordOfList(given);
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
    return { kind: "unusable", format: undefined, issue: explain(value, format) };
  }
  return readBy(readers, value, beside);
}

/** The formats that a value can be of: the first marked one, or all that share a bare shape. */
function readersOf(
  value: StoredValue,
  format: HashFormat,
  beside: Beside,
): readonly StoredFormat[] {
  const fits = (one: StoredFormat): boolean =>
    isMeant(one, format) && one.recognises(value, beside);
  // Most hashes are marked, and a million of them need not be tried by every format.
  const first = TABLE.findIndex(fits);
  const found = TABLE[first];
  if (found === undefined) return [];
  return found.isBare === true ? [found, ...TABLE.slice(first + 1).filter(fits)] : [found];
}

function isMeant({ name, isNamedOnly = false }: StoredFormat, format: HashFormat): boolean {
  return format === "auto" ? !isNamedOnly : name === format;
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
    candidates.push(
      ...read.map((one) => toStoredHash(reader.name as FormatName, one, beside.okta)),
    );
  }
  const [only] = candidates;
  if (only === undefined) {
    const issue = fault ?? malformed("is in no format that is known").fault;
    return { kind: "unusable", format: readers[0]?.name as FormatName, issue };
  }
  if (candidates.length === 1) return { kind: "stored", stored: only };
  return { kind: "ambiguous", candidates, issue: ambiguousIssue(candidates) };
}

function explain(value: StoredValue, format: HashFormat): Issue {
  const refusal = typeof value === "string" ? refusalOf(value) : undefined;
  if (refusal !== undefined) return refusal.fault;
  if (format !== "auto") return malformed(`is not in the format \`${format}\``).fault;
  return malformed("is in no format that is known; it may be clear text, which is never sent")
    .fault;
}

/** How people call the format of a value by its shape alone; undefined when it is none that is known. */
export function recogniseFormat(given: SourceValue | undefined): string | undefined {
  const found = passwordOfList(given);
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
      if (okta.kind === "hash") {
        const { hash, warnings } = okta;
        return warnings.length === 0
          ? { kind: "hash", label, hash }
          : { kind: "hash", label, hash, warnings };
      }
      const issue: Issue = {
        code: "PASSWORD_UNSUPPORTED",
        reason: `The password hash is ${label}, which Okta can't take: ${okta.because}.`,
        hint: "Set `otherwise: hook` or `otherwise: staged` for such records.",
      };
      return { kind: "unusable", label, issue };
    }
  }
}
