/*
 * The mailbox grammar of RFC 5321 with the letters of RFC 6531, read leniently: where Okta's own
 * reading is not known (dots in odd places, a domain of one label, underscores in it), the org
 * decides. All expressions run in linear time.
 */
const LOCAL_TEXT = /^[^\s()<>[\]:;,\\"@]+$/u;
const LOCAL_QUOTED = /^".*"$/su;
const DOMAIN_LABEL = /^[\p{L}\p{N}\p{M}\p{Cf}_-]+$/u;
const ADDRESS_LITERAL = /^\[[^\s[\]\\]+\]$/u;
const EVERYDAY = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){0,3}$/;

/**
 * What keeps a text from being an e-mail address, as the rest of a sentence that begins with the
 * field's name; undefined when nothing does.
 *
 * @see docs/okta/create-user.md#login
 */
export function findEmailFault(text: string): string | undefined {
  if (EVERYDAY.test(text)) return undefined;
  if (text.trim() !== text) return "begins or ends with white space";
  const at = text.lastIndexOf("@");
  if (at < 0) return "has no @";
  const local = text.slice(0, at);
  if (local === "") return "has nothing before the @";
  const domain = text.slice(at + 1);
  if (domain === "") return "has nothing after the @";
  return findLocalFault(local) ?? findDomainFault(domain);
}

function findLocalFault(local: string): string | undefined {
  if (LOCAL_TEXT.test(local) || LOCAL_QUOTED.test(local)) return undefined;
  if (local.includes("@")) return "has more than one @";
  if (/\s/u.test(local)) return "has white space inside";
  return "has a character before the @ that needs quotes there";
}

function findDomainFault(domain: string): string | undefined {
  if (ADDRESS_LITERAL.test(domain)) return undefined;
  for (const label of domain.split(".")) {
    if (label === "") return "has an empty part in its domain";
    if (!DOMAIN_LABEL.test(label)) return "has a character in its domain that no domain can have";
  }
  return undefined;
}
