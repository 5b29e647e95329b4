import { describe, expect, it } from "vitest";
import { draftOf, rows } from "../../../test/support/drafted-tables.ts";
import type { DirectorySchema, SourceValue } from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { dateFormatOf } from "./suggest-clean.ts";

/** Suggested rules by attribute, for a table with one more column. */
function cleaned(columns: Readonly<Record<string, SourceValue>>): Record<string, string> {
  const table = rows(20, (n) => ({ mail: `p${n}@example.com`, ...columns }));
  const { cleaning } = draftOf(table);
  return Object.fromEntries(cleaning.map(({ attribute, rules }) => [attribute, rules]));
}

describe("cleaning is suggested", () => {
  it("for telephone numbers without a country, with that of the records", () => {
    expect(cleaned({ phone: "030 1234567", country: "Deutschland" })).toEqual({
      primaryPhone: "{phone: DE}",
      countryCode: "country",
    });
    expect(cleaned({ mobile: "0171/1234567" })).toEqual({ mobilePhone: "{phone: XX}" });
    expect(cleaned({ mobile: "+49 171 1234567" })).toEqual({});
  });

  it("for what Okta wants as codes and is not written so", () => {
    expect(cleaned({ country: "AT", locale: "de_AT", timezone: "Europe/Vienna" })).toEqual({});
    expect(cleaned({ locale: "de", timezone: "Berlin", language: "German" })).toEqual({
      locale: "locale",
      timezone: "timezone",
      preferredLanguage: "language",
    });
  });

  it("for white space around values, and for words that say that there is none", () => {
    expect(cleaned({ city: " Berlin " })).toEqual({ "*": "[trim]" });
    expect(cleaned({ city: "N/A" })).toEqual({ "*": "[empty]" });
  });

  it("as a comment where nobody knows the country, which is asked, and in force by the answer", () => {
    const table = rows(20, (n) => ({ mail: `p${n}@example.com`, phone: `030 123450${n}` }));
    const draft = draftOf(table);
    expect(draft.text).toContain("# clean:\n  # guess: 100 % name no country");
    expect(draft.questions).toContainEqual({ kind: "phone-country", guess: undefined });
    const answered = draftOf(table, { answers: { phoneCountry: "DE" } });
    expect(answered.text).toContain("\nclean:\n  # certain: 100 % name no country, as answered\n");
    expect(answered.text).toContain("\n  primaryPhone: {phone: DE}\n");
    expect(answered.questions.map(({ kind }) => kind)).not.toContain("phone-country");
  });
});

describe("a suggested rule is in force", () => {
  const draftWith = (
    make: (n: number) => Readonly<Record<string, SourceValue>>,
  ): { readonly text: string; readonly questions: readonly string[] } => {
    const { text, questions } = draftOf(
      rows(40, (n) => ({ mail: `p${n}@example.com`, ...make(n) })),
    );
    return { text, questions: questions.map(({ kind }) => kind) };
  };

  it("where it reads all values: names of countries in any language, and longer codes", () => {
    const words = ["Deutschland", "Österreich", "Polska", "CHE", "Nederland"];
    const { text } = draftWith((n) => ({ country: words[n % words.length] ?? "" }));
    expect(text).toContain("\n  countryCode: country\n");
    expect(text).toContain(
      "\nclean:\n  # certain: 100 % are no codes of two letters\n  countryCode: country\n",
    );
  });

  it("with a warning where it reads most, and not where it reads few", () => {
    const most = draftWith((n) => ({ country: n % 20 === 0 ? "Somewhere" : "France" }));
    expect(most.text).toMatch(/# likely: 100 % .* 5 % can't be read, and check will list them/);
    expect(most.text).toContain("\n  countryCode: country\n\n");
    const few = draftWith((n) => ({ country: n % 3 === 0 ? "Somewhere" : "France" }));
    expect(few.text).toContain("  # countryCode: country\n");
    expect(few.text).not.toMatch(/^ {2}countryCode/m);
  });

  it("for telephone numbers where all records are of one country, else it is asked", () => {
    const phone = (n: number): string => `030 12345${10 + n}`;
    const one = draftWith((n) => ({ phone: phone(n), country: "DE" }));
    expect(one.text).toContain("\n  primaryPhone: {phone: DE}\n");
    const mixed = draftWith((n) => ({ phone: phone(n), country: n === 1 ? "AT" : "DE" }));
    expect(mixed.text).toContain("\n  # primaryPhone: {phone: DE}\n");
    expect(mixed.questions).toContain("phone-country");
  });

  it("of standard input only where nothing can be lost by it, which nobody can be asked about in time", () => {
    const table = rows(20, (n) => ({ mail: ` p${n}@example.com`, phone: `030 12345${10 + n}` }));
    const setting = { location: "-", answers: { phoneCountry: "DE" } };
    const { text } = draftOf(table, setting);
    expect(text).toContain('\n  "*": [trim]\n');
    expect(text).toMatch(
      /needs\s+(?:# +)?`lossy: accept`[^]*\n {2}# primaryPhone: \{phone: DE\}\n/,
    );
  });

  it("never for dates, whose form is the org's own matter", () => {
    const attributes = new Map(builtInSchema().attributes);
    const hired = { name: "hireDate", type: "string", required: false, custom: true } as const;
    attributes.set("hireDate", hired);
    const schema: DirectorySchema = { origin: "org", attributes, loginPattern: null };
    const table = rows(20, (n) => ({ mail: `p${n}@example.com`, hireDate: `${10 + n}.01.2020` }));
    const { text } = draftOf(table.slice(0, 15), { schema });
    expect(text).toContain("# clean:\n  # guess: dates in another form");
  });
});

describe("the form of dates", () => {
  it.each([
    [["31.01.2020", "1.2.2020"], "DD.MM.YYYY"],
    [["01/31/2020", "02/01/2020"], "MM/DD/YYYY"],
    [["31/01/2020", "02/01/2020"], "DD/MM/YYYY"],
    [["02/01/2020"], undefined],
    [["20200131"], "YYYYMMDD"],
    [["2020-01-31"], undefined],
    [["31.01.2020", "soon"], undefined],
    [[], undefined],
  ])("of %j is %s", (texts, format) => {
    expect(dateFormatOf(texts)).toBe(format);
  });
});
