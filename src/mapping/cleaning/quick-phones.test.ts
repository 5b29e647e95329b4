import fc from "fast-check";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { expect, it } from "vitest";

import { planQuickReading } from "./quick-phones.ts";

const COUNTRIES: readonly CountryCode[] =
  "DE US GB FR IT CH AT AR BR IN AU MX RU JP CN ES NL BE PL SE"
    .split(" ")
    .map((country) => country as CountryCode);

it("a number is read quickly as the library reads it, or not at all", () => {
  let quick = 0;
  const digits = fc.stringMatching(/^(?:0|00|1|011|\+|\+49|\+1|\+41|\+33|\+97|)[0-9]{4,12}$/);
  fc.assert(
    fc.property(fc.constantFrom(...COUNTRIES), digits, (country, text) => {
      const read = planQuickReading(country)(text);
      if (read === undefined) return;
      quick += 1;
      const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
      expect(number?.isValid()).toBe(true);
      expect(read).toBe(number?.number);
    }),
    { numRuns: 4_000 },
  );
  expect(quick).toBeGreaterThan(100);
});
