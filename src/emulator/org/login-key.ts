const MARKS = /\p{M}/gu;
const BEYOND_ASCII = /\P{ASCII}/u;
/** Atoms of RFC 5321 with the letters of RFC 6531, joined by single dots. */
const ATOM = String.raw`[^\s\u0000-\u001f\u007f"(),:;<>@[\\\].]+`;
const MAILBOX = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${ATOM}(?:\\.${ATOM})*$`);

/**
 * The form in which the org compares logins: case and diacritics do not count.
 *
 * @see docs/okta/create-user.md#login
 */
export function loginKey(login: string): string {
  const lower = login.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize("NFD").replace(MARKS, "") : lower;
}

/** The part before the first `@`, by which a user may also be found when it is unambiguous. */
export function shortName(key: string): string {
  const at = key.indexOf("@");
  return at < 0 ? key : key.slice(0, at);
}

/** Whether a text has the shape of an e-mail address, unquoted. @see docs/okta/create-user.md#login */
export function isMailShaped(text: string): boolean {
  return MAILBOX.test(text);
}
