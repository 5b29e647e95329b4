/**
 * The form in which Okta compares logins: without case and without diacritics, so that `Isáàc` and
 * `isaac` are one login.
 *
 * @see docs/okta/create-user.md#login
 */
export function foldLogin(login: string): string {
  if (isAscii(login)) return login.toLowerCase();
  return login.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}
