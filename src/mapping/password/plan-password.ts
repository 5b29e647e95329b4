import type { PasswordMaterial, SourceHead, SourceRecord } from "../../core/index.ts";
import { materialOf, type Reading } from "../../passwords/formats/index.ts";
import type { PasswordRule } from "../config/migration-config.ts";
import type { Mistake } from "../mistakes.ts";
import { printableText, showName } from "../show-name.ts";
import { describePlaces, noteWorkFactor } from "./describe-places.ts";
import { findPlaces, type HashPlaces } from "./find-places.ts";
import { type HashSecrets, noteUnused } from "./hash-secrets.ts";
import { findAnswers, type OpenQuestion } from "./open-question.ts";
import { createPasswordReader } from "./read-password.ts";
import { columnsOf, readSamples } from "./read-samples.ts";

/** Where the password material of every record is, and how it is read. */
export interface PasswordPlan {
  /** For people, such as ``a stored hash in `pw` ``. */
  readonly description: string;
  /** Columns that it reads. */
  readonly columns: readonly string[];
  /** Columns, and dotted paths inside them, that hold hashes, salts or parameters. */
  readonly secretPaths: readonly string[];
  /** The same text for the same plan; no secret goes into it. */
  readonly rules: string;
  /** What has to be answered before any hash can be read. */
  readonly openQuestion: OpenQuestion | undefined;
  read(record: SourceRecord): Reading;
  /** The same as what may be sent; what is wrong with it names the column. */
  readMaterial(record: SourceRecord): PasswordMaterial;
}

/** A plan; nothing where there is no material; notes and mistakes on the way to it. */
export interface PasswordPlanning {
  readonly plan: PasswordPlan | undefined;
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** Finds the password material by the config's rule, and by name where it does not say. */
export function planPassword(
  head: SourceHead,
  rule: PasswordRule | undefined,
  secrets: HashSecrets,
): PasswordPlanning {
  const { places, notes, mistakes } = findPlaces(head, rule);
  if (places === undefined) return { plan: undefined, notes, mistakes };
  const read = createPasswordReader(places, rule, secrets);
  const samples = readSamples(head, places, read);
  const field = printableText(places.hash.path);
  const answers = findAnswers(samples.readings, rule);
  return {
    plan: {
      description: describePlaces(places, samples, rule),
      columns: columnsOf(places),
      secretPaths: secretPathsOf(places),
      rules: JSON.stringify([places, rule?.settings, rule?.pepper?.place, paramNames(secrets)]),
      openQuestion:
        answers.length === 0 ? undefined : { column: showName(places.hash.path), answers },
      read,
      readMaterial: (record) => withField(materialOf(read(record)), field),
    },
    notes: [...notes, ...noteWorkFactor(places, samples), ...noteUnused(rule, secrets)],
    mistakes,
  };
}

/** A parameter may be a secret of its record, such as a key. */
function secretPathsOf({ hash, salt, params }: HashPlaces): readonly string[] {
  return [hash, ...(salt === undefined ? [] : [salt]), ...params.map((param) => param.path)].map(
    ({ path }) => path,
  );
}

function paramNames({ params }: HashSecrets): readonly string[] | undefined {
  return params === undefined ? undefined : Object.keys(params.reveal()).toSorted();
}

function withField(material: PasswordMaterial, field: string): PasswordMaterial {
  if (material.kind !== "unusable") return material;
  return { ...material, issue: { ...material.issue, field } };
}
