import { formatDuration } from "../format-number.ts";
import type { CheckLine } from "./check-line.ts";
import { skippedLine } from "./check-line.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

const DAY_MS = 86_400_000;
const LEAST_DAYS = 14;
const TOLERATED_SKEW_MS = 30_000;
/** Older proofs and assertions are refused. @see docs/okta/access.md#proof */
const FATAL_SKEW_MS = 300_000;

const KINDS = {
  production: "a production org, by its address",
  preview: "a preview org",
  loopback: "an emulator or another server on this machine",
} as const;

const SEE_TLS = "Mend tls, the next line.";

/** Whether the org answers, and which it is. */
export function judgeOrg({ org, address }: DoctorFacts): CheckLine {
  const id = "org";
  const { stop, identity, settings } = org;
  if (stop?.at === "org") {
    const isTls = org.connection?.kind === "refused";
    return { id, status: "fail", message: stop.message, hint: isTls ? SEE_TLS : stop.hint };
  }
  const known = identity.kind === "read" ? identity.value : undefined;
  if (known?.id === undefined) {
    return {
      id,
      status: "warn",
      message: `${address.host} answers, and does not say that it is an Okta org.`,
      hint: `Check ${address.variable}, and that no proxy stands in between that hides /.well-known/okta-organization.`,
    };
  }
  const said = settings.kind === "read" ? settings.value : undefined;
  const parts = [
    `${address.host} answers: ${KINDS[address.kind]}`,
    ...(said?.name === undefined ? [] : [`"${said.name}"`]),
    ...(said?.subdomain === undefined ? [] : [`subdomain ${said.subdomain}`]),
    `id ${known.id}`,
    ...(known.engine === undefined
      ? []
      : [known.engine === "identity" ? "Identity Engine" : "Classic Engine"]),
    ...(known.ownHost === undefined ? [] : [`a custom domain of ${known.ownHost}`]),
  ];
  const message = `${parts.join(", ")}.`;
  if (said?.status === undefined || said.status === "ACTIVE")
    return { id, status: "pass", message };
  return {
    id,
    status: "warn",
    message: `${message} Its status is ${said.status}.`,
    hint: "Ask Okta Support whether the org may be written to.",
  };
}

/** How the way to the org is secured. @see docs/okta/access.md#tokens */
export function judgeTls({ org, address, nowMs }: DoctorFacts): CheckLine {
  const id = "tls";
  const { connection } = org;
  if (connection === undefined) return skippedLine(id, "No connection came about.");
  if (connection.kind === "plain") {
    return { id, status: "pass", message: "Plain http, which is for this machine alone." };
  }
  if (connection.kind === "refused") {
    const code = connection.code === "" ? "" : ` (${connection.code})`;
    return {
      id,
      status: "fail",
      message: `The certificate of ${address.host} was not accepted${code}.`,
      hint: "Where a proxy inspects TLS here, point NODE_EXTRA_CA_CERTS to its CA certificate; certificates are always checked.",
    };
  }
  const { protocol, issuer, validUntilMs, authority } = connection;
  const daysLeft = Math.floor((validUntilMs - nowMs) / DAY_MS);
  const way = address.viaProxy ? ", through the proxy of HTTPS_PROXY" : "";
  const message = `${protocol}${way}; certificate by ${issuer}, ${daysLeft} ${daysLeft === 1 ? "day" : "days"} left.`;
  if (authority === "private" && address.kind !== "loopback") {
    const why = address.trustsMore ? " (NODE_EXTRA_CA_CERTS is set)" : "";
    return {
      id,
      status: "warn",
      message: `${message} It is from a private authority${why}: a proxy inspects TLS here and sees tokens and hashes.`,
      hint: "Have the proxy let the org's host pass uninspected, or make sure that its operators may see what it sees.",
    };
  }
  if (daysLeft < LEAST_DAYS) {
    return {
      id,
      status: "warn",
      message,
      hint: "Have it renewed before a long run: once it has ended, no request gets through. That of a custom domain is in the Admin Console, under Customizations.",
    };
  }
  if (!/^TLSv1\.[23]$/.test(protocol)) {
    const hint = "Have whoever runs the proxy in between allow TLS 1.2 or newer.";
    return { id, status: "warn", message, hint };
  }
  return { id, status: "pass", message };
}

/** Whether this machine's clock agrees with the org's. @see docs/okta/access.md#proof */
export function judgeClock({ org, access }: DoctorFacts): CheckLine {
  const id = "clock";
  const { clockBehindMs } = org;
  if (clockBehindMs === undefined) return skippedLine(id, "No answer told the org's time.");
  const skewMs = Math.abs(clockBehindMs);
  if (skewMs <= TOLERATED_SKEW_MS) {
    const message = `This machine's clock agrees with the org's to ${formatDuration(Math.max(1000, skewMs))}.`;
    return { id, status: "pass", message };
  }
  const way = clockBehindMs > 0 ? "behind" : "ahead of";
  const message = `This machine's clock is ${formatDuration(skewMs)} ${way} the org's.`;
  const hint = "Set the clock, or have it set: timedatectl set-ntp true.";
  if (skewMs <= FATAL_SKEW_MS || access.kind !== "service-app") {
    const why = "This program goes by the org's clock; --stop-at goes by this machine's.";
    return { id, status: "warn", message: `${message} ${why}`, hint };
  }
  return {
    id,
    status: "fail",
    message: `${message} The org refuses assertions and proofs that are dated so. This program dates them by the org's clock and gets in all the same; whatever else signs in from here does not.`,
    hint,
  };
}
