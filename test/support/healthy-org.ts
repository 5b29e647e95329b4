import type { AssignedRole, AttributeSchema, OrgFacts, Reading } from "../../src/core/index.ts";
import {
  type CheckId,
  type CheckLine,
  diagnose,
  type DoctorFacts,
} from "../../src/reports/index.ts";

/** When the diagnosis is made. */
export const NOW_MS = Date.parse("2026-11-24T12:00:00Z");
/** A day. */
export const DAY_MS = 86_400_000;

/** What was read. */
export function read<T>(value: T): Reading<T> {
  return { kind: "read", value };
}

/** What a role is missing for. */
export const DENIED = { kind: "denied", lacks: "role" } as const;
/** What a scope is missing for. */
export const NO_SCOPE = { kind: "denied", lacks: "scope" } as const;
/** What was not asked. */
export const NOT_ASKED = { kind: "not-asked" } as const;
const LIMIT = read({ limit: 600, remaining: 598, windowMs: 60_000 });

/** A role that was assigned. */
export function role(type: string, label: string, more: Partial<AssignedRole> = {}): AssignedRole {
  return { type, label, groups: 0, permissions: NOT_ASKED, ...more };
}

/** An attribute of a schema, by its name. */
export function attribute(
  name: string,
  more: Partial<AttributeSchema> = {},
): [string, AttributeSchema] {
  return [name, { name, type: "string", required: false, custom: false, ...more }];
}

/** What every user has. */
export const BASE = ["login", "email", "firstName", "lastName"];

/** A schema that has more than what every user has. */
export function schemaWith(...more: [string, AttributeSchema][]): OrgFacts["schema"] {
  const base = BASE.map((name) => attribute(name, { required: true }));
  return read({ origin: "org", attributes: new Map([...base, ...more]), loginPattern: null });
}

/** A good certificate. */
export const CERTIFICATE = {
  kind: "tls",
  protocol: "TLSv1.3",
  issuer: "DigiCert Inc",
  validUntilMs: NOW_MS + 90 * DAY_MS,
  authority: "public",
} as const;

/** A healthy org, seen with an API token. */
export const ORG: OrgFacts = {
  stop: undefined,
  connection: CERTIFICATE,
  identity: read({ id: "00o1", engine: "identity", ownHost: undefined }),
  clockBehindMs: 200,
  token: undefined,
  settings: read({ name: "Acme", subdomain: "acme", status: "ACTIVE" }),
  limits: { listUsers: LIMIT, readUser: LIMIT, groups: LIMIT, schema: LIMIT },
  principalShare: read({ isOurs: true, percent: 100, concurrencyPercent: 100 }),
  actor: read({ kind: "person", login: "ana@example.com" }),
  roles: read([role("USER_ADMIN", "Group Administrator")]),
  grants: NOT_ASKED,
  schema: schemaWith(),
  hooks: read([]),
  groupRules: read({ count: 0, isCut: false, names: [] }),
  everyoneApps: read({ count: 0, isCut: false, names: [], provisioning: 0 }),
  answerMs: 200,
};

/** What differs from a healthy org. */
export interface Changes {
  readonly org?: Partial<OrgFacts>;
  readonly address?: Partial<DoctorFacts["address"]>;
  readonly access?: Partial<DoctorFacts["access"]>;
  readonly load?: Partial<DoctorFacts["load"]>;
}

/** All facts of a diagnosis, some of them changed. */
export function facts({ org, address, access, load }: Changes = {}): DoctorFacts {
  return {
    org: { ...ORG, ...org },
    address: {
      host: "acme.okta.com",
      kind: "production",
      variable: "OKTA_ORG_URL",
      viaProxy: false,
      trustsMore: false,
      ...address,
    },
    access: {
      description: "API token from OKTA_API_TOKEN",
      kind: "ssws",
      isRenewed: false,
      ...access,
    },
    commands: [
      { command: "check", required: [], optional: [scope("okta.schemas.read")] },
      {
        command: "import",
        required: ["okta.users.manage"],
        optional: [scope("okta.users.read"), scope("okta.schemas.read")],
      },
      {
        command: "import with groups",
        required: ["okta.users.manage"],
        optional: [scope("okta.groups.read")],
      },
    ],
    load: {
      scenario: "passwords",
      usesHook: false,
      groups: 0,
      ownGroups: false,
      mapped: BASE,
      users: undefined,
      rateShare: 0.9,
      maxConcurrency: 50,
      source: undefined,
      ...load,
    },
    nowMs: NOW_MS,
  };
}

function scope(name: string) {
  return { scope: name, without: "something is not done" };
}

/** The line of one check. */
export function lineOf(id: CheckId, changes: Changes = {}): CheckLine {
  const line = diagnose(facts(changes)).find((one) => one.id === id);
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
}
