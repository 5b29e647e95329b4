import { z } from "zod";

import { MAX_COLUMN_NAME, text } from "./schema-parts.ts";

const MAX_ADDRESS = 2_000;
const MAX_QUERY = 100_000;
const MAX_STORES = 10;
/** A name and a password before the host. */
const WITHOUT_PASSWORD = /^(?![a-z][a-z0-9+.-]*:\/\/[^/@]*:[^/@]*@)/i;
/** Plain `http` is for this machine alone. */
const SAFE_HTTP = /^(?:https:\/\/|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$))/i;
const REDIS = /^rediss?:\/\//i;
const LDAP = /^ldaps?:\/\//i;

const sealed = z.strictObject({
  sealed: text("the path or address of a sealed store", MAX_ADDRESS)
    .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
    .meta({
      description:
        "A sealed store, made by hook seal: a path, or postgres://hook@db.example.com/okta",
    }),
});

const statuses = z
  .array(z.int({ error: "must be a number" }).min(100, "is no status").max(599, "is no status"), {
    error: "must be a list of HTTP statuses",
  })
  .min(1, "must not be empty");

const endpoint = z.strictObject({
  endpoint: text("an address", MAX_ADDRESS)
    .regex(SAFE_HTTP, "must begin with https://; http:// is for this machine alone")
    .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
    .meta({ description: "The address of an old login endpoint, asked by POST." }),
  body: z
    .enum(["json", "form"], { error: "must be json or form" })
    .optional()
    .meta({ description: "How the body is written.", default: "json" }),
  username: text("the name of a field", MAX_COLUMN_NAME)
    .optional()
    .meta({ description: "Its field for the login.", default: "username" }),
  password: text("the name of a field", MAX_COLUMN_NAME)
    .optional()
    .meta({ description: "Its field for the password.", default: "password" }),
  right: statuses
    .optional()
    .meta({ description: "Statuses that say that the password is right.", default: [200] }),
  wrong: statuses.optional().meta({
    description:
      "Statuses that say that it is wrong, or the login unknown; any other says nothing.",
    default: [401, 403],
  }),
});

const directory = z.strictObject({
  directory: text("an address", MAX_ADDRESS)
    .regex(LDAP, "must begin with ldaps:// or ldap://")
    .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
    .meta({
      description: "An LDAP directory, with the search base: ldaps://host/dc=example,dc=com",
    }),
  filter: text("an LDAP filter", MAX_QUERY)
    .regex(/\{(?:login|username|shortName)\}/, "must hold {login}, {username} or {shortName}")
    .meta({ description: "Finds the one entry of a login: (mail={login})" }),
  bind: text("a distinguished name", MAX_COLUMN_NAME).optional().meta({
    description: "Signs in to search. Without it the search is anonymous.",
  }),
  startTls: z.boolean({ error: "must be true or false" }).optional().meta({
    description: "Whether a plain connection is turned into one over TLS first.",
  }),
});

const PLACE = /\{(?:login|username|shortName)\}/;
/** In quotes a place would be text: the query would find nobody, and everyone would be told "wrong". */
const QUOTED_PLACE = /^(?:[^']|'[^']*')*'[^']*\{(?:login|username|shortName)\}/;

const database = z.strictObject({
  database: z.strictObject({
    url: text("an address", MAX_ADDRESS)
      .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
      .meta({ description: "The old database: postgres://reader@db.example.com/shop" }),
    query: text("a query", MAX_QUERY)
      .regex(PLACE, "must hold {login}, {username} or {shortName}")
      .refine(
        (query) => !QUOTED_PLACE.test(query),
        "must not have {login} inside of quotes: the value goes to the database beside the query",
      )
      .meta({ description: "Gives the one row with the hash of a login." }),
  }),
});

/** The part `hook` of `migration.yaml`. */
export const hookSchema = z
  .strictObject({
    stores: z
      .array(
        z.union([sealed, endpoint, directory, database], {
          error: "must be an object with `sealed`, `endpoint`, `directory` or `database`",
        }),
        { error: "must be a list of places where passwords are checked" },
      )
      .min(1, "must not be empty")
      .max(MAX_STORES, `must name at most ${MAX_STORES} places`)
      .optional()
      .meta({ description: "Where passwords are checked, asked in this order." }),
    throttle: text("an address", MAX_ADDRESS)
      .regex(REDIS, "must begin with rediss:// or redis://")
      .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
      .optional()
      .meta({
        description:
          "The Redis where several replicas count wrong passwords together: rediss://cache.example.com",
      }),
  })
  .meta({ title: "Hook", description: "What hook serve checks passwords against." });

/** What the schema gives for a `hook` without mistakes. */
export type HookShape = z.infer<typeof hookSchema>;
