import type { SourceHead } from "../../core/index.ts";
import type { HashFormat } from "../../passwords/formats/index.ts";
import type { NamedColumn, PasswordRule } from "../config/migration-config.ts";
import { findNearest, suggest } from "../did-you-mean.ts";
import { matchPassword } from "../matching/match-password.ts";
import type { Mistake } from "../mistakes.ts";
import { showColumns } from "../show-name.ts";
import { type ColumnPath, findColumnPath } from "../values/column-path.ts";

/** Where the parts of every record's hash stand. */
export interface HashPlaces {
  readonly hash: ColumnPath;
  readonly salt: ColumnPath | undefined;
  /** A number holds for all. */
  readonly rounds: ColumnPath | number | undefined;
  readonly params: readonly { readonly name: string; readonly path: ColumnPath }[];
  readonly format: HashFormat;
}

/** The places; nothing where there is no material; notes and mistakes on the way to them. */
export interface FoundPlaces {
  readonly places: HashPlaces | undefined;
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** Finds the password material by the config's rule, and by name where it names no hash. */
export function findPlaces(head: SourceHead, rule: PasswordRule | undefined): FoundPlaces {
  const mistakes: Mistake[] = [];
  const columns = new Set(head.columns);
  const find = (named: NamedColumn): ColumnPath | undefined => {
    const found = findColumnPath(named.column, columns);
    if (found === undefined) mistakes.push(unknownColumn(named, head));
    return found;
  };
  const match = rule?.hash === undefined ? matchPassword(head) : undefined;
  const hash = rule?.hash === undefined ? whole(match?.hash) : find(rule.hash);
  const salt = rule?.salt === undefined ? whole(match?.salt) : find(rule.salt);
  const given = rule?.rounds;
  const rounds = whole(match?.workFactor) ?? (typeof given === "object" ? find(given) : given);
  const params = (rule?.params ?? []).flatMap(({ name, column }) => {
    const path = find(column);
    return path === undefined ? [] : [{ name, path }];
  });
  const format = rule?.format ?? "auto";
  return {
    places:
      hash === undefined || mistakes.length > 0
        ? undefined
        : { hash, salt, rounds, params, format },
    notes: match?.notes ?? [],
    mistakes,
  };
}

function whole(column: string | undefined): ColumnPath | undefined {
  return column === undefined ? undefined : { column, keys: [], path: column };
}

/** The name is not repeated: someone may have written a password there. */
function unknownColumn({ column, line, path }: NamedColumn, head: SourceHead): Mistake {
  const nearest = findNearest(column, head.columns);
  const rest = nearest === undefined ? ` ${showColumns(head.columns)}` : suggest(nearest);
  return { line, path, text: `The source has no such column.${rest}` };
}
