import { z } from "zod";

import { HASH_FORMATS } from "../../passwords/formats/index.ts";
import { choice, columnName } from "./schema-parts.ts";

const WORK_FACTOR = "must be a whole number from 4 to 20, or the name of a column";
const ROUNDS = "must be a whole number from 1, or the name of a column";
const PEPPER =
  "must be an object with `place`; the pepper itself stands in the file that OKTA_MIGRATE_PEPPER_FILE names";
const PARAMS = "must be `file`, or a list of parameters, each with its column";
const MAX_PARAMETERS = 20;
const ENCODINGS = ["hex", "base64", "base64url"] as const;

const pepper = z
  .strictObject(
    {
      place: choice(["password-prefix", "password-postfix", "salt-prefix", "salt-postfix"]).meta({
        description: "Before or behind the password or the salt.",
      }),
    },
    { error: PEPPER },
  )
  .meta({
    description:
      "A secret that the system adds to every password. Its bytes come from the file that OKTA_MIGRATE_PEPPER_FILE names.",
  });

const params = z
  .union(
    [
      z.literal("file"),
      z
        .record(z.string().regex(/^[A-Za-z_]\w{0,60}$/, "is no name of a parameter"), columnName)
        .refine((columns) => Object.keys(columns).length <= MAX_PARAMETERS, {
          error: `must name at most ${MAX_PARAMETERS} parameters`,
        }),
    ],
    { error: PARAMS },
  )
  .meta({
    description:
      "Further parameters of the hash, as its system names them: `file` for the JSON object in the file that OKTA_MIGRATE_HASH_PARAMS_FILE names, or a column for each.",
  });

/** The shape of `password` in `migration.yaml`. */
export const passwordSchema = z
  .strictObject({
    hash: columnName.optional().meta({
      description: "Column of stored hashes, such as $2b$… texts, digests, or Okta's own objects.",
    }),
    value: columnName.optional().meta({
      description: "The same as `hash`, where its `salt` is a column of its own.",
    }),
    salt: columnName.optional().meta({ description: "Column of the salt." }),
    workFactor: columnOr(z.int(WORK_FACTOR).min(4, WORK_FACTOR).max(20, WORK_FACTOR), WORK_FACTOR)
      .optional()
      .meta({
        description: "The bcrypt work factor: a number from 4 to 20, or a column. 10 else.",
      }),
    rounds: columnOr(z.int(ROUNDS).min(1, ROUNDS), ROUNDS).optional().meta({
      description: "How often the hash is repeated: a number, or a column.",
    }),
    format: choice(HASH_FORMATS).optional().meta({
      description: "What every hash must be; auto recognises each record's.",
      default: "auto",
    }),
    saltOrder: choice(["prefix", "postfix"]).optional().meta({
      description: "Whether the salt stands before or behind the password.",
    }),
    saltEncoding: choice(["text", ...ENCODINGS])
      .optional()
      .meta({
        description: "How the salt is written; text is taken as it stands.",
      }),
    encoding: choice(ENCODINGS).optional().meta({
      description: "How a digest is written; by default as its characters and length tell.",
    }),
    passwordEncoding: choice(["utf8", "utf16le"]).optional().meta({
      description: "How the system made bytes of a password.",
      default: "utf8",
    }),
    pepper: pepper.optional(),
    params: params.optional(),
    oktaSha256Salt: choice(["decoded", "literal"]).optional().meta({
      description:
        "How the org reads the salt of SHA-256: decoded from base64, as documented, or as the text that is sent. okta-migrate canary finds out.",
    }),
  })
  .superRefine((given, context) => {
    for (const message of clashes(given)) context.addIssue({ code: "custom", message });
  })
  .meta({
    title: "Password",
    description:
      "Where the stored password hashes stand, and how they were made. Columns only: never a hash itself.",
  });

/** What the schema gives for `password`. */
export type PasswordShape = z.infer<typeof passwordSchema>;

function columnOr(number: z.ZodNumber, error: string) {
  return z.union([number, columnName], { error });
}

function clashes(given: Readonly<Partial<Record<string, unknown>>>): string[] {
  const { hash, value, salt, workFactor, rounds, format } = given;
  const found: string[] = [];
  const stored = hash ?? value;
  if (hash !== undefined && value !== undefined) {
    found.push("names both `hash` and `value`; one column holds the hash");
  }
  if (value !== undefined && salt === undefined) {
    found.push("has a `value` without its `salt`; a column of whole hashes is `hash`");
  }
  if (salt !== undefined && stored === undefined) {
    found.push("has a `salt` without the `value` that belongs to it");
  }
  if (stored !== undefined && salt === undefined && workFactor !== undefined) {
    found.push("has a `workFactor` without a `salt`; a whole hash says its own");
  }
  if (workFactor !== undefined && rounds !== undefined) {
    found.push("has both `workFactor` and `rounds`; bcrypt has the one, others the other");
  }
  if (salt !== undefined && format === "okta") {
    found.push("has a `salt` of its own, which `format: okta` does not have");
  }
  return found;
}
