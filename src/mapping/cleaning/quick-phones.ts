import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
} from "libphonenumber-js/min";

/** What the library knows of a country's numbers and its types do not tell. */
interface NumberingRules {
  nationalPrefixForParsing(): unknown;
  nationalPrefixTransformRule(): unknown;
  nationalNumberPattern(): unknown;
}

/** Dialled before numbers of other countries. */
const INTERNATIONAL = /^(?:00|011)/;

/** The numbers of one country: whether digits are one, and what goes before them at home. */
interface NumberingPlan {
  readonly code: string;
  readonly prefix: string;
  readonly isNumber: (digits: string) => boolean;
}

/**
 * Reads numbers where a national number is at most one digit and then digits of one pattern, by the
 * library's own data: ten times as fast as its parser, with the same answer. For everything else it
 * says `undefined`, and the parser is asked.
 *
 * @param country of numbers without a `+`
 */
export function planQuickReading(country: CountryCode): (digits: string) => string | undefined {
  const home = planOf(country);
  return (digits) => {
    if (digits.startsWith("+")) {
      const plan = planByCode(digits);
      return plan?.isNumber(digits.slice(plan.code.length)) === true ? digits : undefined;
    }
    if (home === undefined || INTERNATIONAL.test(digits)) return undefined;
    const { code, prefix, isNumber } = home;
    if (isNumber(digits) === digits.startsWith(prefix)) return undefined;
    if (!digits.startsWith(prefix)) return code + digits;
    const rest = digits.slice(prefix.length);
    return isNumber(rest) ? code + rest : undefined;
  };
}

/** Plans of countries by `+` and calling code; those that were asked for. */
const byCode = new Map<string, NumberingPlan | undefined>();
let countryByCode: ReadonlyMap<string, CountryCode> | undefined;

/** The plan of the calling code with which digits begin: no code begins with another one. */
function planByCode(digits: string): NumberingPlan | undefined {
  countryByCode ??= new Map(
    getCountries().map((country) => [`+${getCountryCallingCode(country)}`, country]),
  );
  for (let length = 2; length <= 4; length += 1) {
    const code = digits.slice(0, length);
    const country = countryByCode.get(code);
    if (country === undefined) continue;
    if (!byCode.has(code)) byCode.set(code, planOf(country));
    return byCode.get(code);
  }
  return undefined;
}

function planOf(country: CountryCode): NumberingPlan | undefined {
  const code = getCountryCallingCode(country);
  // Where several countries share a code, it takes the patterns of all to know what is valid.
  const sharing = getCountries().filter((other) => getCountryCallingCode(other) === code);
  if (sharing.length > 1) return undefined;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const rules: unknown = metadata.numberingPlan;
  if (!hasNumberingRules(rules)) return undefined;
  const prefix = rules.nationalPrefixForParsing();
  const transform = rules.nationalPrefixTransformRule();
  const pattern = rules.nationalNumberPattern();
  const isPlain = typeof prefix === "string" && /^\d$/.test(prefix) && typeof pattern === "string";
  if (!isPlain || (typeof transform === "string" && transform !== "")) return undefined;
  const whole = new RegExp(`^(?:${pattern})$`);
  return { code: `+${code}`, prefix, isNumber: (digits) => whole.test(digits) };
}

function hasNumberingRules(rules: unknown): rules is NumberingRules {
  if (typeof rules !== "object" || rules === null) return false;
  return METHODS.every((name) => typeof (rules as Record<string, unknown>)[name] === "function");
}

const METHODS = [
  "nationalPrefixForParsing",
  "nationalPrefixTransformRule",
  "nationalNumberPattern",
];
