import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPostgresql, tableName } from "../support/database-servers.ts";
import { OLD_HASH } from "../support/invented-people.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const found = await findPostgresql();
const why = "missing" in found ? `: ${found.missing}` : "";

/**
 * The columns of `auth.users` as the migrations of Supabase Auth leave them, as far as a user has
 * them. @see fixtures/exports/supabase/README.md
 */
const SUPABASE = `
  CREATE SCHEMA auth;
  CREATE TABLE auth.users (
    id uuid PRIMARY KEY, instance_id uuid, aud varchar(255), role varchar(255),
    email varchar(255), encrypted_password varchar(255), email_confirmed_at timestamptz,
    invited_at timestamptz, last_sign_in_at timestamptz, phone text UNIQUE,
    phone_confirmed_at timestamptz, raw_app_meta_data jsonb, raw_user_meta_data jsonb,
    is_super_admin boolean, banned_until timestamptz, deleted_at timestamptz,
    is_sso_user boolean NOT NULL DEFAULT false, is_anonymous boolean NOT NULL DEFAULT false,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
  INSERT INTO auth.users (id, email, encrypted_password, phone, raw_user_meta_data, deleted_at, is_anonymous)
  VALUES
    (gen_random_uuid(), 'ada@example.com', '${OLD_HASH}', '+4930123456',
      '{"first_name": "Ada", "last_name": "Byron", "full_name": "Ada Byron"}', NULL, false),
    (gen_random_uuid(), 'gone@example.com', '${OLD_HASH}', NULL,
      '{"first_name": "Bo", "last_name": "Gone"}', now(), false),
    (gen_random_uuid(), NULL, NULL, NULL, '{}', NULL, true);`;

/** The tables that Entity Framework makes of ASP.NET Core Identity in PostgreSQL. */
const ASPNET = `
  CREATE TABLE "AspNetUsers" (
    "Id" text PRIMARY KEY, "UserName" varchar(256), "NormalizedUserName" varchar(256),
    "Email" varchar(256), "NormalizedEmail" varchar(256), "EmailConfirmed" boolean NOT NULL,
    "PasswordHash" text, "SecurityStamp" text, "ConcurrencyStamp" text, "PhoneNumber" text,
    "PhoneNumberConfirmed" boolean NOT NULL, "TwoFactorEnabled" boolean NOT NULL,
    "LockoutEnd" timestamptz, "LockoutEnabled" boolean NOT NULL, "AccessFailedCount" integer NOT NULL);
  CREATE TABLE "AspNetUserClaims" (
    "Id" serial PRIMARY KEY, "UserId" text NOT NULL REFERENCES "AspNetUsers" ("Id"),
    "ClaimType" text, "ClaimValue" text);
  INSERT INTO "AspNetUsers" VALUES ('u1', 'ada', 'ADA', 'ada@example.com', 'ADA@EXAMPLE.COM', true,
    '${OLD_HASH}', 'invented', 'invented', '+4930123456', false, false, NULL, true, 0);
  INSERT INTO "AspNetUserClaims" ("UserId", "ClaimType", "ClaimValue") VALUES
    ('u1', 'given_name', 'Ada'),
    ('u1', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname', 'Byron');`;

describe.skipIf("missing" in found)(`presets that read PostgreSQL${why}`, () => {
  const database = tableName();
  let url = "";

  beforeAll(async () => {
    if ("missing" in found) return;
    await found.server.run(`CREATE DATABASE ${database}`);
    const address = new URL(found.server.url);
    address.pathname = `/${database}`;
    url = address.href;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(SUPABASE);
    await client.query(ASPNET);
    await client.end();
  });

  afterAll(async () => {
    if ("missing" in found) return;
    await found.server.run(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  });

  it.each([
    // The anonymous have no address to sign in with.
    { preset: "supabase", summary: { records: 2, pending: 1, rejected: 1, leftOut: 1 } },
    { preset: "aspnet-identity", summary: { records: 1, pending: 1, rejected: 0 } },
  ])("the query of $preset runs on the tables that it is for", async ({ preset, summary }) => {
    const args = ["check", url, "--preset", preset, "--run", "run", "--json"];
    const end = await runCli(args, { cwd: makeTempFolder() });
    expect(end.error).toBeUndefined();
    expect(end.summary).toMatchObject(summary);
    const plan = JSON.stringify(end.lines.find(({ event }) => event === "plan"));
    expect(plan).toContain('"label":"bcrypt');
    const issues = JSON.stringify(end.lines.filter(({ event }) => event === "causes"));
    expect(issues).not.toMatch(/firstName|lastName/);
  });
});
