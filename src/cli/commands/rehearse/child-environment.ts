import { type Environment, isSet } from "../../environment.ts";
import { parseOrgUrl } from "../../../okta/index.ts";
import { FAMILIES } from "../../access/families.ts";

/** Ours, and about anything but an org. */
const KEPT = /^OKTA_MIGRATE_/;
const ABOUT_OKTA = /^OKTA_/i;
const PROXY = /^(?:https?|all|no)_proxy$/i;

/**
 * The environment of a rehearsal's processes: the caller's, without any variable that names an org, a
 * credential or a proxy, whosoever's names they are.
 *
 * @param given what is added to it
 */
export function childEnvironment(
  environment: Environment,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && isHarmless(pair[0]),
  );
  return { ...Object.fromEntries(kept), ...given };
}

function isHarmless(name: string): boolean {
  return KEPT.test(name) || !(ABOUT_OKTA.test(name) || PROXY.test(name));
}

/** Variables that name an org which is not on this machine, and is therefore not used. */
export function unusedOrgVariables(environment: Environment): readonly string[] {
  return FAMILIES.flatMap((family) => {
    const address = family.address(environment);
    if (address === undefined || isLoopback(address.text)) return [];
    return isSet(environment[address.variable]) ? [address.variable] : [];
  });
}

function isLoopback(text: string | undefined): boolean {
  try {
    return parseOrgUrl(text).kind === "loopback";
  } catch {
    return false;
  }
}
