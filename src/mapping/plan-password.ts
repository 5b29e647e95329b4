import type { PasswordMaterial, SourceHead, SourceRecord } from "../core/index.ts";
import {
  type HashFormat,
  type Reading,
  isAbsent,
  materialOf,
  readStoredHash,
  recogniseFormat,
  USUAL_WORK_FACTOR,
} from "../passwords/formats/index.ts";
import type { NamedColumn, PasswordRule } from "./config/migration-config.ts";
import { findNearest, suggest } from "./did-you-mean.ts";
import { matchPassword } from "./matching/match-password.ts";
import type { Mistake } from "./mistakes.ts";
import { printableText, showColumns, showName } from "./show-name.ts";
import { type ColumnPath, findColumnPath, readColumnPath } from "./values/column-path.ts";

/** Where the password material of every record is, and how it is read. */
export interface PasswordPlan {
  /** For people, such as ``a stored hash in `pw` ``. */
  readonly description: string;
  /** Columns that it reads. */
  readonly columns: readonly string[];
  /** Columns, and dotted paths inside them, that hold hashes or salts. */
  readonly secretPaths: readonly string[];
  readonly notes: readonly string[];
  /** The same text for the same plan. */
  readonly rules: string;
  read(record: SourceRecord): PasswordMaterial;
}

/** A plan; nothing where there is no material; notes and mistakes on the way to it. */
export interface PasswordPlanning {
  readonly plan: PasswordPlan | undefined;
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
}

interface Places {
  readonly hash: ColumnPath;
  readonly salt: ColumnPath | undefined;
  readonly workFactor: ColumnPath | undefined;
  readonly defaultWorkFactor: number | undefined;
  readonly format: HashFormat;
}

/** Finds the password material by the config's rule, and by name where it does not say. */
export function planPassword(head: SourceHead, rule: PasswordRule | undefined): PasswordPlanning {
  return rule?.hash === undefined ? planByName(head, rule) : planByRule(head, rule, rule.hash);
}

function planByRule(head: SourceHead, rule: PasswordRule, hash: NamedColumn): PasswordPlanning {
  const mistakes: Mistake[] = [];
  const columns = new Set(head.columns);
  const find = (named: NamedColumn | undefined): ColumnPath | undefined => {
    if (named === undefined) return undefined;
    const found = findColumnPath(named.column, columns);
    if (found === undefined) mistakes.push(unknownColumn(named, head));
    return found;
  };
  const { salt, workFactor } = rule;
  const places = {
    hash: find(hash),
    salt: find(salt),
    workFactor: typeof workFactor === "number" ? undefined : find(workFactor),
    defaultWorkFactor: typeof workFactor === "number" ? workFactor : undefined,
    format: rule.format,
  };
  if (places.hash === undefined || mistakes.length > 0) {
    return { plan: undefined, notes: [], mistakes };
  }
  const plan = buildPlan({ ...places, hash: places.hash }, head);
  return { plan, notes: plan.notes, mistakes };
}

function planByName(head: SourceHead, rule: PasswordRule | undefined): PasswordPlanning {
  const match = matchPassword(head);
  if (match.hash === undefined) return { plan: undefined, notes: match.notes, mistakes: [] };
  const whole = (column: string | undefined): ColumnPath | undefined =>
    column === undefined ? undefined : { column, keys: [], path: column };
  const places: Places = {
    hash: { column: match.hash, keys: [], path: match.hash },
    salt: whole(match.salt),
    workFactor: whole(match.workFactor),
    defaultWorkFactor: typeof rule?.workFactor === "number" ? rule.workFactor : undefined,
    format: rule?.format ?? "auto",
  };
  const plan = buildPlan(places, head);
  return { plan, notes: [...match.notes, ...plan.notes], mistakes: [] };
}

function buildPlan(places: Places, head: SourceHead): PasswordPlan {
  const { hash, salt, workFactor, defaultWorkFactor, format } = places;
  const paths = [hash, salt, workFactor].filter((path) => path !== undefined);
  const secrets = [hash, salt].filter((path) => path !== undefined);
  const field = printableText(hash.path);
  const assumesFactor = salt !== undefined && workFactor === undefined;
  const noted = assumesFactor && defaultWorkFactor === undefined && !holdsWholeHashes(head, hash);
  return {
    description: describe(places),
    columns: paths.map(({ column }) => column),
    secretPaths: secrets.map(({ path }) => path),
    notes: noted ? [`No bcrypt work factor is given: ${USUAL_WORK_FACTOR} is taken.`] : [],
    rules: JSON.stringify([hash.path, salt?.path, workFactor?.path, defaultWorkFactor, format]),
    read: (record) => withField(materialOf(readFrom(record)), field),
  };

  function readFrom(record: SourceRecord): Reading {
    return readStoredHash(readColumnPath(record, hash), format, {
      ...(salt === undefined ? {} : { salt: readColumnPath(record, salt) ?? null }),
      ...(workFactor === undefined
        ? { rounds: defaultWorkFactor ?? null }
        : { rounds: readColumnPath(record, workFactor) ?? null }),
    });
  }
}

function describe({ hash, salt, workFactor, defaultWorkFactor, format }: Places): string {
  if (salt === undefined) {
    const kind = format === "auto" ? "a stored hash" : `a stored hash (${format})`;
    return `${kind} in ${showName(hash.path)}`;
  }
  const factor =
    workFactor === undefined
      ? String(defaultWorkFactor ?? USUAL_WORK_FACTOR)
      : `in ${showName(workFactor.path)}`;
  return `bcrypt in ${showName(hash.path)}, salt in ${showName(salt.path)}, work factor ${factor}`;
}

function holdsWholeHashes(head: SourceHead, { path }: ColumnPath): boolean {
  const samples = (head.samples.get(path) ?? []).filter((value) => !isAbsent(value));
  return samples.length > 0 && samples.every((value) => recogniseFormat(value) !== undefined);
}

function withField(material: PasswordMaterial, field: string): PasswordMaterial {
  if (material.kind !== "unusable") return material;
  return { ...material, issue: { ...material.issue, field } };
}

/** The name is not repeated: someone may have written a password there. */
function unknownColumn({ column, line, path }: NamedColumn, head: SourceHead): Mistake {
  const nearest = findNearest(column, head.columns);
  const rest = nearest === undefined ? ` ${showColumns(head.columns)}` : suggest(nearest);
  return { line, path, text: `The source has no such column.${rest}` };
}
