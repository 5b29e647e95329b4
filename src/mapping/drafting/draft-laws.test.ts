import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftOf, headOf, lookedAt, type Table } from "../../../test/support/drafted-tables.ts";
import type { SourceValue } from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import { createEnvironment } from "../expressions/cel-environment.ts";
import { compileExpression } from "../expressions/compile-expression.ts";
import { SYNONYMS } from "../matching/synonyms.ts";
import { planMapping } from "../plan-mapping.ts";
import { DRAFTED_SYNONYMS } from "./drafted-synonyms.ts";
import type { DraftedMapping } from "./drafted-mapping.ts";

import { maskValue } from "./mask-value.ts";
import { yamlScalar } from "./yaml-text.ts";

const KNOWN = Object.entries(SYNONYMS).flatMap(([attribute, names]) => [attribute, ...names]);
const DRAFTED = Object.values(DRAFTED_SYNONYMS).flatMap((words) => words.split(" "));
const HASH = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

const aName = fc.oneof(
  fc.constantFrom(...KNOWN, ...DRAFTED),
  fc.constantFrom(
    "password",
    "hash",
    "salt",
    "name",
    "Status",
    "deleted",
    "a.b",
    "true",
    "123",
    "type",
  ),
  fc.string({ minLength: 1, unit: "grapheme" }),
  fc.string({ minLength: 1, unit: "binary", maxLength: 8 }),
  fc.constant(HASH),
);

const aScalar: fc.Arbitrary<SourceValue> = fc.oneof(
  fc.constantFrom<SourceValue>(
    "ada@example.com",
    "+49 30 1234567",
    "DE",
    "Deutschland",
    "de_DE",
    "Europe/Berlin",
    "2020-01-31",
    "31.01.2020",
    "aktiv",
    "gesperrt",
    "yes",
    "0",
    "17",
    HASH,
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "",
    null,
    true,
    3,
  ),
  fc.string(),
  fc.double(),
);
const aKey = fc.oneof(aName, fc.constantFrom("given", "family", "city", "email", "hash", "value"));
const aValue: fc.Arbitrary<SourceValue> = fc.oneof(
  { weight: 6, arbitrary: aScalar },
  { weight: 1, arbitrary: fc.array(aScalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(aKey, aScalar, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(aKey, fc.dictionary(aKey, aScalar), { maxKeys: 2 }) },
);

/** A table whose later records may have columns that the first ones lack. */
const aTable: fc.Arbitrary<Table> = fc
  .uniqueArray(aName, { minLength: 1, maxLength: 12 })
  .chain((names) =>
    fc.array(
      fc
        .tuple(
          fc.subarray(names, { minLength: 1 }),
          fc.array(aValue, { minLength: 12, maxLength: 12 }),
        )
        .map(([kept, values]) =>
          Object.fromEntries(kept.map((name, at) => [name, values[at] ?? null])),
        ),
      { maxLength: 8 },
    ),
  );

/** Every column that a draft speaks of, once for each time that it does. */
function toldColumns({ lines, proposed, unused, password }: DraftedMapping): readonly string[] {
  return [
    ...new Set(lines.map(({ column }) => column)),
    ...proposed.map(({ column }) => column),
    ...unused.map(({ column }) => column),
    ...(password?.columns ?? []),
  ];
}

/** The text with the # of its proposed lines taken away. */
function completed({ text, proposed }: DraftedMapping): string {
  const own = new Set(
    proposed.map(({ proposal, rule }) => `${yamlScalar(proposal.name)}: ${rule}`),
  );
  return text.replace(/^ {2}# (.*)$/gm, (line, rule: string) =>
    own.has(rule) ? `  ${rule}` : line,
  );
}

const FILE = { fileName: "migration.yaml" };

describe("the draft of any table", () => {
  it("tells of every column once, is read by our own parser, and check can plan with it", () => {
    fc.assert(
      fc.property(aTable, (table) => {
        const head = headOf(table, 3);
        const draft = draftOf(table, { head });
        const columns = lookedAt(table).columns.map(({ path }) => path);
        expect(toldColumns(draft).toSorted()).toEqual(columns.toSorted());
        const config = parseMigrationConfig(draft.text, FILE);
        if (!draft.lines.some(({ attribute }) => attribute === "login")) return;
        const schema = builtInSchema();
        const { lines } = planMapping({ head, config, schema });
        expect(lines.map(({ attribute }) => attribute)).toEqual(
          draft.lines.filter(({ isInForce }) => isInForce).map(({ attribute }) => attribute),
        );
        const whole = parseMigrationConfig(completed(draft), FILE);
        expect(planMapping({ head, config: whole, schema }).lines.length).toBe(
          lines.length + draft.proposed.length,
        );
      }),
      { numRuns: 150 },
    );
  });

  it("suggests only conditions that are expressions over its columns", () => {
    const aColumn = fc.constantFrom("Status", "deleted", "Gesperrt", "is active", "type", "état");
    fc.assert(
      fc.property(fc.dictionary(aColumn, aScalar, { minKeys: 1 }), (row) => {
        const environment = createEnvironment(Object.keys(row));
        for (const [, quoted = ""] of draftOf([row]).text.matchAll(/^(?:# )?where: (.*)$/gm)) {
          const where = unquoted(quoted);
          const compiled = compileExpression(where, { environment, hidden: new Set() });
          expect(compiled.kind).toBe("compiled");
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A scalar between single quotes, as the draft writes expressions. */
function unquoted(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}

describe("a masked value", () => {
  it("never holds the value", () => {
    const aText = fc
      .string({ minLength: 2, unit: "grapheme" })
      .filter((text) => /[^*\s]{2}/.test(text.trim()));
    fc.assert(
      fc.property(fc.oneof(aText, fc.emailAddress()), (text) => {
        expect(maskValue(text)).not.toContain(text.trim());
      }),
    );
  });

  it.each([
    ["ada@example.com", "a***@e***.com"],
    ["Müller", "M***"],
    ["+49301234", "+4***"],
    ["DE", "***"],
    [17, "(a number)"],
  ])("of %s is %s", (value, masked) => {
    expect(maskValue(value)).toBe(masked);
  });
});

describe("the names that only a draft takes", () => {
  it("stand nowhere twice: what import takes by itself is not among them", () => {
    const known = new Set(KNOWN.map((name) => name.toLowerCase()));
    expect(DRAFTED.filter((word) => known.has(word))).toEqual([]);
    expect(DRAFTED.filter((word, at) => DRAFTED.indexOf(word) !== at)).toEqual([]);
  });

  it("are for attributes that every org has", () => {
    const names = [...builtInSchema().attributes.keys()];
    expect(Object.keys(DRAFTED_SYNONYMS).filter((name) => !names.includes(name))).toEqual([]);
  });
});
