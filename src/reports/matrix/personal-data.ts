/** How near a field is to a person; a judgement by its name, to be gone over by whoever answers for it. */
export type PersonalData =
  /** Names or reaches one person. */
  | "direct"
  /** Tells something about one person, or does so beside others. */
  | "indirect"
  /** Of a kind that data protection law guards more than others. */
  | "sensitive"
  /** Password material or another secret. */
  | "secret"
  /** The name tells nothing. */
  | "not judged";

const DIRECT = new Set(
  "login email secondEmail firstName lastName middleName displayName nickName profileUrl primaryPhone mobilePhone streetAddress postalAddress employeeNumber manager managerId".split(
    " ",
  ),
);
const INDIRECT = new Set(
  "honorificPrefix honorificSuffix title city state zipCode countryCode preferredLanguage locale timezone userType costCenter organization division department".split(
    " ",
  ),
);

/** Parts of names, without case and signs, in several languages; the first group that fits decides. */
const BY_PART: readonly (readonly [PersonalData, RegExp])[] = [
  [
    "sensitive",
    /birth|geburt|naissance|nacimiento|dob|gender|geschlecht|sexe|religio|konfession|ethnic|national(?:ity|id)|staatsang|passport|reisepass|ssn|socialsec|sozialvers|steuer|taxid|iban|bankacc|kontonummer|salary|gehalt|health|kranken|disab|schwerbehind|maiden|marital|familienstand|union/,
  ],
  [
    "direct",
    /mail|phone|telefon|mobil|handy|fax|name|nachname|vorname|surname|prenom|apellido|street|strasse|address|adresse|direccion|photo|avatar|picture|bild|login|user(?:id|name)|uid$|employee|personal(?:nr|num)|customer(?:id|num)|kundennummer|externalid|legacyid|sub$|(?:^|user)id$|ipadd|twitter|linkedin|url$/,
  ],
  [
    "indirect",
    /city|stadt|ort$|ville|zip|plz|postal|country|land$|pays|state|region|locale|lang|sprache|timezone|title|titel|department|abteilung|division|company|firma|cost|role|rolle|group|gruppe|status|active|created|updated|changed|last|hired|eintritt|login(?:count|at)|at$|date|datum/,
  ],
];

/** Judges an Okta attribute, or a column of the source, by its name. */
export function judgePersonalData(name: string): PersonalData {
  if (DIRECT.has(name)) return "direct";
  if (INDIRECT.has(name)) return "indirect";
  const plain = name.toLowerCase().replace(/[\s_.-]/g, "");
  return BY_PART.find(([, pattern]) => pattern.test(plain))?.[0] ?? "not judged";
}
