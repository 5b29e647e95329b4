// What Okta asks the hook service, for invented people.

export const LOGINS = 1000;
export const PASSWORD = "not the password";

/** The body of a call: of another person at another place each time, so that nobody is held. */
export function hookCall(at) {
  const username = `u${at % LOGINS}@example.com`;
  const ipAddress = `198.51.${(at >> 8) & 255}.${at & 255}`;
  const context = {
    request: { id: `r${at}`, ipAddress },
    credential: { username, password: PASSWORD },
  };
  const eventType = "com.okta.user.credential.password.import";
  return JSON.stringify({ eventType, data: { context } });
}
