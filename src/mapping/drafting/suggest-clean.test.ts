import { describe, expect, it } from "vitest";
import { draftOf, rows } from "../../../test/support/drafted-tables.ts";
import type { SourceValue } from "../../core/index.ts";
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

  it("as comments that say why, and a country is asked for where the records do not tell it", () => {
    const table = rows(20, (n) => ({ mail: `p${n}@example.com`, phone: `030 123450${n}` }));
    const draft = draftOf(table);
    expect(draft.text).toContain("# clean:\n#   # 100 % name no country");
    expect(draft.questions).toContainEqual({ kind: "phone-country", guess: undefined });
    const answered = draftOf(table, { answers: { phoneCountry: "AT" } });
    expect(answered.text).toContain("#   primaryPhone: {phone: AT}");
    expect(answered.questions.map(({ kind }) => kind)).not.toContain("phone-country");
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
