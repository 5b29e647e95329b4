import { formatCount } from "../format-number.ts";
import { type CheckLine, type CheckStatus, skippedLine } from "./check-line.ts";
import type { DoctorFacts } from "./doctor-facts.ts";
import { type HostReach, hostReach } from "./host-reach.ts";

/** Whether the source can be read. */
export function judgeSource({ load }: DoctorFacts): CheckLine {
  const id = "source";
  const { source } = load;
  if (source === undefined) return skippedLine(id, "No source is named.");
  const { problem, description, records } = source;
  if (problem !== undefined) {
    return { id, status: "fail", message: problem.message, hint: problem.hint };
  }
  if (description === undefined) {
    return skippedLine(id, `${nameOf(source.location)} is not opened by this command.`);
  }
  const count =
    records === undefined
      ? ""
      : `, ${formatCount(records)} ${records === 1 ? "record" : "records"}`;
  return { id, status: "pass", message: `${nameOf(source.location)}: ${description}${count}.` };
}

interface Exposed {
  readonly status: Exclude<CheckStatus, "skipped">;
  readonly message: string;
  readonly hint?: string;
}

/** Whether source or hook can be got at, or overheard, by others. No name is looked up. */
export function judgeExposure({ load, org, address }: DoctorFacts): CheckLine {
  const id = "exposure";
  const found: Exposed[] = [];
  if (load.source !== undefined) found.push(exposedSource(load.source));
  const hooks = org.hooks.kind === "read" ? org.hooks.value : [];
  const isRehearsal = address.kind === "loopback";
  for (const hook of hooks) {
    if (hook.address !== undefined) found.push(exposedHook(hook.address, isRehearsal));
  }
  if (found.length === 0)
    return skippedLine(id, "There is neither a source nor a hook to look at.");
  const status = (["fail", "warn"] as const).find((one) => found.some((it) => it.status === one));
  const hint = found.flatMap((it) => it.hint ?? []).join(" ");
  const message = found.map((it) => it.message).join(" ");
  return { id, status: status ?? "pass", message, ...(hint === "" ? {} : { hint }) };
}

function exposedSource({
  location,
  isReadableByOthers,
}: NonNullable<DoctorFacts["load"]["source"]>): Exposed {
  const remote = parseRemote(location);
  if (remote !== undefined) return exposedRemote(remote);
  if (location === "-") return { status: "pass", message: "The source is standard input." };
  if (isReadableByOthers !== true) {
    return { status: "pass", message: "The source is a file that only you can read." };
  }
  return {
    status: "warn",
    message: `${location} can be read by others on this machine.`,
    hint: `Make it yours alone: chmod 600 ${location.replace(/^sqlite3?:(?:\/\/)?/i, "")}`,
  };
}

/** A source behind a network, as its address tells it. */
interface Remote {
  /** Scheme and host; never a user, a password or a parameter. */
  readonly name: string;
  readonly reach: HostReach;
  /** `unchecked`: encrypted, and whoever is at the other end is believed. */
  readonly tls: "checked" | "unchecked" | "none";
}

function exposedRemote({ name, reach, tls }: Remote): Exposed {
  if (reach === "loopback") return { status: "pass", message: `${name} is on this machine.` };
  const open = reach === "public" ? ", an address that the internet can reach" : "";
  if (tls === "none") {
    return {
      status: reach === "public" ? "fail" : "warn",
      message: `${name}${open}, is reached without TLS as far as its address tells: users and hashes may pass in clear text.`,
      hint: "Ask for TLS in the source's address (sslmode=verify-full, sslMode=VERIFY_IDENTITY, encrypt=true, ldaps://), or go through a tunnel to this machine.",
    };
  }
  if (tls === "unchecked") {
    return {
      status: "warn",
      message: `${name}${open}, is encrypted, and its certificate is not checked.`,
      hint: "Have it checked: sslmode=verify-full, sslMode=VERIFY_IDENTITY.",
    };
  }
  if (reach === "public") {
    return {
      status: "warn",
      message: `${name}${open}, uses TLS.`,
      hint: "Let a firewall admit this machine alone, or go through a VPN or a tunnel.",
    };
  }
  return { status: "pass", message: `${name} is reached by TLS.` };
}

/** Schemes that are TLS by themselves. */
const TLS_SCHEMES = /^(?:https|ldaps|rediss|postgresqls|mongodb\+srv)$/;
/** Parameters that ask for TLS, as `name=value`; drivers name them in several ways. */
const CHECKED_TLS =
  /(?:^|[?&;])(?:ssl-?mode=verify[-_](?:full|ca|identity)|(?:ssl|tls|encrypt|useSSL|starttls)=(?:true|1|yes|strict))(?:$|[&;])/i;
const UNCHECKED_TLS =
  /(?:^|[?&;])(?:ssl[-_]?mode=(?:require[d]?|no-verify)|trustServerCertificate=(?:true|yes)|tlsAllowInvalidCertificates=true|tlsInsecure=true|rejectUnauthorized=false)(?:$|[&;])/i;

function parseRemote(location: string): Remote | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:,;]*)[^?;]*(.*)$/is.exec(
    location,
  );
  if (match === null) return undefined;
  const [, scheme = "", host = "", parameters = ""] = match;
  if (scheme.toLowerCase() === "file") return undefined;
  return {
    name: `${scheme.toLowerCase()}://${host}`,
    reach: hostReach(host),
    tls: tlsOf(scheme.toLowerCase(), parameters),
  };
}

/** Schemes of databases, to which this program goes over TLS unless it is told otherwise. */
const TLS_BY_DEFAULT = /^(?:postgres|postgresql|mysql|mariadb|sqlserver|mssql)$/;
const NO_TLS = /(?:^|[?&;])(?:ssl[-_]?mode=disabled?|encrypt=(?:false|no))(?:$|[&;])/i;

function tlsOf(scheme: string, parameters: string): Remote["tls"] {
  if (UNCHECKED_TLS.test(parameters)) return "unchecked";
  if (TLS_BY_DEFAULT.test(scheme)) return NO_TLS.test(parameters) ? "none" : "checked";
  return TLS_SCHEMES.test(scheme) || CHECKED_TLS.test(parameters) ? "checked" : "none";
}

const UNREADABLE = { name: undefined, reach: "name", tls: "none" } as const;

/** @see docs/okta/org.md#address-of-a-hook */
function exposedHook(hookAddress: string, isRehearsal: boolean): Exposed {
  const { name: bare = hookAddress, reach, tls } = parseRemote(hookAddress) ?? UNREADABLE;
  const name = `The hook at ${bare}`;
  if (isRehearsal) return { status: "pass", message: `${name} is called by no real org.` };
  if (tls === "none") {
    return {
      status: "warn",
      message: `${name} is not https: passwords would pass in clear text.`,
      hint: "Okta calls https alone: register the address that has a certificate.",
    };
  }
  if (reach === "loopback" || reach === "private") {
    return {
      status: "warn",
      message: `${name} can't be reached by Okta: the address is not of the internet.`,
      hint: "Register an address that Okta can reach, and let its firewall admit Okta's addresses alone.",
    };
  }
  return { status: "pass", message: `${name} is https.` };
}

function nameOf(location: string): string {
  if (location === "-") return "Standard input";
  return parseRemote(location)?.name ?? location;
}
