import type { SourceHead, SourceValue } from "../../core/index.ts";
import { isAbsent, recogniseFormat } from "../../passwords/formats/index.ts";
import { plainName } from "../did-you-mean.ts";
import { showName } from "../show-name.ts";
import { isList } from "../values/is-list.ts";
import {
  HASH_COLUMNS,
  HASH_COLUMNS_WITH_SALT,
  PASSWORD_COLUMNS,
  SALT_COLUMNS,
  WORK_FACTOR_COLUMNS,
} from "./synonyms.ts";

/** The columns that were found by name to hold password material. */
export interface PasswordMatch {
  readonly hash: string | undefined;
  /** Where there is one, it belongs to the hash unless the hash holds its own. */
  readonly salt: string | undefined;
  readonly workFactor: string | undefined;
  readonly notes: readonly string[];
}

/**
 * Finds the password columns of a source by name.
 *
 * A column that is merely called `password` is taken only when all its samples are hashes: a
 * clear-text password is never read.
 */
export function matchPassword(head: SourceHead): PasswordMatch {
  const salt = findColumns(head, SALT_COLUMNS)[0];
  const named = findColumns(head, salt === undefined ? HASH_COLUMNS : HASH_COLUMNS_WITH_SALT);
  const hashes =
    named.length > 0
      ? named
      : findColumns(head, PASSWORD_COLUMNS).filter((column) => holdsHashes(head, column));
  return {
    hash: hashes[0],
    salt,
    workFactor: salt === undefined ? undefined : findColumns(head, WORK_FACTOR_COLUMNS)[0],
    notes: [...noteOthers(hashes), ...noteClearText(head, hashes[0])],
  };
}

function findColumns(head: SourceHead, names: readonly string[]): string[] {
  return names.flatMap((name) => head.columns.filter((column) => plainName(column) === name));
}

function holdsHashes(head: SourceHead, column: string): boolean {
  const samples = (head.samples.get(column) ?? []).filter((value) => !isAbsent(value));
  return samples.length > 0 && samples.every(holdsHash);
}

/** Whether a value, or one of several, is a stored hash. */
function holdsHash(value: SourceValue): boolean {
  return isList(value) ? value.some(holdsHash) : recogniseFormat(value) !== undefined;
}

function noteOthers([first, ...others]: readonly string[]): string[] {
  if (first === undefined || others.length === 0) return [];
  const rest = others.map(showName).join(", ");
  return [`${showName(first)} is taken for the password hash, and not ${rest}.`];
}

function noteClearText(head: SourceHead, taken: string | undefined): string[] {
  return findColumns(head, PASSWORD_COLUMNS)
    .filter((column) => column !== taken)
    .map((column) => `${showName(column)} may hold clear-text passwords: it is never sent.`);
}
