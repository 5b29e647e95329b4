/** Where a host is, judged by its name or address alone: nothing is looked up. */
export type HostReach =
  | "loopback"
  | "private"
  /** An address that the whole internet can reach. */
  | "public"
  /** A name: where it leads only a look-up would tell. */
  | "name";

/** Endings of names that lead nowhere on the internet. */
const PRIVATE_NAME =
  /\.(?:local|localdomain|internal|intranet|lan|corp|home|home\.arpa|test|private)$/;

/** Judges a host as it stands in an address: a name, an IPv4 address, or an IPv6 one in brackets. */
export function hostReach(host: string): HostReach {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost")) return "loopback";
  if (name.startsWith("[") || name.includes(":")) return ipv6Reach(name.replace(/^\[|\]$/g, ""));
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name)?.slice(1).map(Number);
  if (octets !== undefined) return ipv4Reach(octets);
  return !name.includes(".") || PRIVATE_NAME.test(name) ? "private" : "name";
}

function ipv4Reach([a = 0, b = 0]: readonly number[]): HostReach {
  if (a === 127 || a === 0) return "loopback";
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127);
  return isPrivate ? "private" : "public";
}

function ipv6Reach(address: string): HostReach {
  if (address === "::1" || address === "::") return "loopback";
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (mapped !== null) {
    const high = parseInt(mapped[1] ?? "0", 16);
    return ipv4Reach([high >> 8, high & 0xff]);
  }
  return /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(address) ? "private" : "public";
}
