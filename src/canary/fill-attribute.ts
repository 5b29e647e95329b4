import type { AttributeSchema, AttributeType, ProfileValue } from "../core/index.ts";

/** What a value is made with. */
export interface Filling {
  /** Another one for each user: letters and digits. */
  readonly token: string;
  /** An address that reaches nobody. */
  readonly email: string;
  /** Whether the attribute's rules take a value. */
  readonly fits: (value: ProfileValue) => boolean;
}

/** By Okta's own format words. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  uri: "https://example.com/",
  "date-time": "2026-01-01T00:00:00.000Z",
  date: "2026-01-01",
  "country-code": "US",
  "language-code": "en",
  locale: "en_US",
  timezone: "America/Los_Angeles",
};

/**
 * A value for an attribute that must be given. Where nothing that is known here fits, such as under
 * a pattern of the org's own, the first thought is sent all the same: the org then says why not.
 */
export function fillAttribute(attribute: AttributeSchema, filling: Filling): ProfileValue {
  const thoughts = thoughtsOf(attribute, filling);
  return thoughts.find(filling.fits) ?? thoughts[0];
}

type Thoughts = readonly [ProfileValue, ...ProfileValue[]];

function thoughtsOf(attribute: AttributeSchema, filling: Filling): Thoughts {
  const [choice] = attribute.enum ?? [];
  if (attribute.type === "array") {
    const [first, ...rest] = choice === undefined ? itemThoughts(attribute, filling) : [choice];
    return [[first], ...rest.map((item) => [item])];
  }
  return choice === undefined ? scalarThoughts(attribute.type, attribute, filling) : [choice];
}

type Scalar = string | number | boolean;

function itemThoughts(
  attribute: AttributeSchema,
  filling: Filling,
): readonly [Scalar, ...Scalar[]] {
  return scalarThoughts(attribute.itemType ?? "string", attribute, filling);
}

function scalarThoughts(
  type: AttributeType,
  attribute: AttributeSchema,
  { token, email }: Filling,
): readonly [Scalar, ...Scalar[]] {
  if (type === "boolean") return [false];
  if (type === "number" || type === "integer") return [0, 1];
  const { format, minLength = 0, maxLength = Infinity } = attribute;
  if (format === "email") return [email];
  const known = BY_FORMAT[format ?? ""];
  if (known !== undefined) return [known];
  const sized = (text: string, padding: string): string =>
    text.padEnd(minLength, padding).slice(0, maxLength);
  const digits = Array.from(token, (letter) => String(letter.charCodeAt(0) % 10)).join("");
  return [
    sized(`${token}-canary`, "x"),
    sized(token, "x"),
    sized(token.toUpperCase(), "X"),
    sized(digits, "0"),
    ...[10, 8, 6, 5, 4].map((length) => digits.slice(0, length)),
  ];
}
