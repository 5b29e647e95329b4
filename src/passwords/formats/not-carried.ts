/** A scheme that can be told by its shape and that Okta can't take. */
interface OtherScheme {
  /** Completes "is …". */
  readonly title: string;
  readonly shape: RegExp;
}

/** Schemes with a mark of their own at the beginning. */
const MARKED: readonly OtherScheme[] = [
  { title: "argon2", shape: /^(\{argon2\}|argon2)?\$argon2(id|i|d)\$/i },
  { title: "scrypt", shape: /^(\$scrypt\$|\$7\$|\$s0\$|scrypt[:$]|\{scrypt\})/i },
  { title: "yescrypt", shape: /^\$g?y\$/ },
  { title: "md5-crypt (`$1$`)", shape: /^\$1\$/ },
  { title: "Apache's md5-crypt (`$apr1$`)", shape: /^\$apr1\$/ },
  { title: "sha256-crypt (`$5$`)", shape: /^\$5\$/ },
  { title: "sha512-crypt (`$6$`)", shape: /^\$6\$/ },
  { title: "sha1-crypt", shape: /^\$(sha1|md5)[$,]/ },
  { title: "phpass", shape: /^\$[PH]\$/ },
  { title: "Drupal's phpass", shape: /^U?\$S\$/ },
  { title: "PBKDF2 in its text form", shape: /^\$(pbkdf2|bcrypt-sha256|ml)[-\w]*\$/ },
  { title: "an NT hash", shape: /^\$(NT|3)\$/ },
  { title: "Django's PBKDF2", shape: /^pbkdf2_sha\d+\$/ },
  { title: "Django's own form", shape: /^(bcrypt_sha256|bcrypt|sha1|md5|unsalted_\w+|crypt)\$/ },
  { title: "Werkzeug's PBKDF2", shape: /^pbkdf2:/ },
  { title: "clear text (`{noop}`)", shape: /^\{noop\}/i },
  { title: "bcrypt behind a mark (`{bcrypt}`)", shape: /^\{(bcrypt|crypt)\}\$2[a-z]?\$/i },
  { title: "crypt(3) (`{CRYPT}`)", shape: /^\{crypt\}/i },
  {
    title: "a directory's salted digest (`{SSHA}` and its kin)",
    shape: /^\{s(sha(\d{3})?|md5)\}/i,
  },
  { title: "a directory's digest (`{SHA}` and its kin)", shape: /^\{(sha(-?\d{1,3})?|md5)\}/i },
  { title: "PBKDF2 behind a mark", shape: /^\{(x-)?pbkdf2[-\w@]*\}/i },
  { title: "MySQL's own hash", shape: /^\*[0-9A-F]{40}$/ },
  { title: "ASP.NET Identity", shape: /^AQAAAA[A-Za-z0-9+/]{70,}={0,2}$/ },
];

/** Bare digests: nothing says how they were salted. */
const BARE: readonly OtherScheme[] = [
  { title: "a bare hexadecimal digest", shape: /^(0x)?([0-9a-f]{2}){16,64}$/i },
  {
    title: "a bare base64 digest",
    shape: /^([A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/,
  },
];

/** What the scheme of a text is called when its shape tells it and Okta can't take it. */
export function nameOtherScheme(text: string): string | undefined {
  return [...MARKED, ...BARE].find(({ shape }) => shape.test(text))?.title;
}
