import { Secret } from "../../core/index.ts";
import type { InventedUser } from "../people/invent-users.ts";
import type { PseudoRandom } from "../pseudo-random.ts";
import type { Trouble } from "./trouble.ts";

/** What a user is changed to. */
type Change = Partial<InventedUser>;

/** How each kind of trouble but a duplicate changes a user. */
const SPOIL: Readonly<
  Record<
    Exclude<Trouble, "duplicate-case" | "duplicate-accent">,
    (user: InventedUser, random: PseudoRandom) => Change
  >
> = {
  "bad-mail": ({ email }, random) => ({ email: random.pick(BAD_MAILS)(email) }),
  "odd-phone": (_user, random) => ({ mobile: random.pick(ODD_PHONES) }),
  "long-value": (user, random) => lengthen(user, random),
  "four-byte": (user, random) => {
    const field = random.pick(["firstName", "lastName"] as const);
    return { [field]: `${user[field]}${random.pick(FOUR_BYTES)}` };
  },
  "empty-required": (_user, random) => ({
    [random.pick(["email", "firstName", "lastName"] as const)]: random.pick(["", "", " "]),
  }),
  "broken-hash": ({ passwordHash }) => ({ passwordHash: new Secret(cut(passwordHash.reveal())) }),
};

const BAD_MAILS: readonly [(mail: string) => string, ...((mail: string) => string)[]] = [
  (mail) => mail.replace("@", ""),
  (mail) => mail.replace("@", "@@"),
  (mail) => mail.replace(".", " "),
  (mail) => mail.replace(/@.*/, "@"),
  (mail) => mail.replace(/.*@/, "@"),
  (mail) => mail.replace("@", "@."),
  (mail) => `<${mail}>`,
  (mail) => ` ${mail}`,
];

const ODD_PHONES: readonly [string, ...string[]] = [
  "n/a",
  "0",
  "+1 (201) 555-0143 ext. 12",
  "555 0143 (after six)",
  "see department",
  "٠١٢٣٤٥٦٧٨٩",
  "+15550143/+15550144",
  "5.550143E+6",
];

/** Outside of the first plane: an emoji, a rare ideograph, a letter of mathematics. */
const FOUR_BYTES: readonly [string, ...string[]] = ["🙂", "𠮷", "𝓐"];

const LONGEST = { firstName: 50, lastName: 50, email: 100, city: 128 } as const;

/** Makes a user's value longer than Okta takes it, by 1 to 60 characters. */
function lengthen(user: InventedUser, random: PseudoRandom): Change {
  const field = random.pick(["firstName", "lastName", "email", "city"] as const);
  const length = LONGEST[field] + 1 + random.below(60);
  if (field === "email") return { email: user.email.padStart(length, "x") };
  return { [field]: (user[field] ?? "Llanfair").padEnd(length, " ab") + "c" };
}

/** The last character becomes one that no format has there. */
function cut(hash: string): string {
  return `${hash.slice(0, -1)}!`;
}

/** A user with one trouble that stands alone. */
export function spoilUser(
  user: InventedUser,
  trouble: keyof typeof SPOIL,
  random: PseudoRandom,
): InventedUser {
  return { ...user, ...SPOIL[trouble](user, random) };
}

const ACCENTS: Readonly<Record<string, string>> = {
  a: "á",
  e: "è",
  i: "ï",
  o: "ö",
  u: "û",
  y: "ý",
  n: "ñ",
  c: "ç",
};

/** Another spelling of a login, which Okta takes for the same one. */
export function respellLogin(
  login: string,
  trouble: "duplicate-case" | "duplicate-accent",
  random: PseudoRandom,
): string {
  if (trouble === "duplicate-accent") {
    // A login without any of these letters has an accent on its first one.
    const accented = login.replace(/[aeiouync](?=.*@)/, (letter) => ACCENTS[letter] ?? letter);
    return accented === login ? login.replace(/^./, "$&\u0301") : accented;
  }
  if (random.below(3) === 0) return login.toUpperCase();
  return login.replace(/(^|\.)[a-z](?=.*@)/g, (letter) => letter.toUpperCase());
}
