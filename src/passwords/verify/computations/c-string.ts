/**
 * The part of a password before its first NUL: what functions of C that take a text see of it, among
 * them bcrypt's and `crypt(3)`'s.
 */
export function asCString(password: Uint8Array): Uint8Array {
  const end = password.indexOf(0);
  return end < 0 ? password : password.subarray(0, end);
}
