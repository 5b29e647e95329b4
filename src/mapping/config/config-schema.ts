import { z } from "zod";

import { hookSchema } from "./hook-schema.ts";
import { cleanSchema } from "./clean-schema.ts";
import { passwordSchema } from "./password-schema.ts";
import { choice, columnName, text } from "./schema-parts.ts";
import { joinSchema } from "./join-schema.ts";
import { sourceSchema } from "./source-schema.ts";

/** Okta adds a user to at most so many groups when it creates it. */
const MAX_GROUPS = 20;
const MAX_GROUP_NAME = 255;
const MAX_NAME = 255;
const MAX_EXPRESSION = 10_000;
/** Letters, digits and underscores as Okta has them, and the hyphen. */
const ATTRIBUTE = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_-]{0,254}$/;

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be text, a number, true or false",
});

const constant = z
  .union([scalar, z.array(scalar)], {
    error: "must be text, a number, true, false or a list of those",
  })
  .meta({ description: "A constant: text, a number, true, false, or a list of those." });

const ruleObject = z
  .strictObject({
    from: columnName.optional().meta({ description: "A column, by its exact name." }),
    expression: text("an expression", MAX_EXPRESSION)
      .optional()
      .meta({ description: "An expression (CEL) over the columns of the record." }),
    value: constant.optional().meta({ description: "A constant, the same for every record." }),
    default: constant
      .optional()
      .meta({ description: "Stands in when the column or the expression gives nothing." }),
    omit: z
      .literal(true, { error: "must be true" })
      .optional()
      .meta({ description: "Leaves out the rule that a preset has." }),
  })
  .refine((rule) => countGiven(rule.from, rule.expression, rule.value, rule.omit) === 1, {
    error: "needs exactly one of `from`, `expression` and `value`",
  })
  .refine((rule) => rule.value === undefined || rule.default === undefined, {
    error: "has a constant `value`, which needs no `default`",
  })
  .meta({ description: "A rule with a default, or one that says what kind it is." });

const rule = z
  .union(
    [
      text("a column or an expression", MAX_EXPRESSION).meta({
        description: "A column by its exact name, or else an expression (CEL) over the columns.",
      }),
      z.number(),
      z.boolean(),
      z.array(scalar),
      ruleObject,
    ],
    {
      error:
        "must be a column, an expression, a constant, or an object of `from`, `expression` or `value`",
    },
  )
  .meta({ description: "How the attribute gets its value." });

const duplicates = z
  .union(
    [
      choice(["reject"]),
      z
        .strictObject({
          keep: choice(["first", "latest"]).meta({ description: "Which of them is sent." }),
          by: columnName.optional().meta({
            description: "With `latest`: the column that tells, a date, a time or a number.",
          }),
        })
        .refine(({ keep, by }) => (keep === "latest") === (by !== undefined), {
          error: "needs `by` with `keep: latest`, and nothing else",
        }),
    ],
    { error: "must be `reject`, or an object with `keep: first`, or `keep: latest` and `by`" },
  )
  .meta({
    title: "Duplicates",
    description: "Which of several records with one login is sent.",
    default: "reject",
  });

/** The shape of `migration.yaml`. */
export const configSchema = z
  .strictObject({
    source: sourceSchema.optional(),
    join: joinSchema.optional(),
    scenario: choice(["passwords", "staged", "hook"]).optional().meta({
      title: "Scenario",
      description:
        "How users arrive: active with their old password's hash, staged without one, or active with a password import hook.",
    }),
    profile: z
      .record(z.string().regex(ATTRIBUTE, "is no name that an attribute can have"), rule, {
        error: "must be a list of attributes, each with its rule",
      })
      .optional()
      .meta({
        title: "Profile",
        description: "Okta attribute: rule. Without it, columns are matched by name.",
      }),
    password: passwordSchema.optional(),
    otherwise: choice(["reject", "hook", "staged"]).optional().meta({
      title: "Otherwise",
      description: "What becomes of a record whose password can't be carried.",
      default: "reject",
    }),
    groups: z
      .array(
        z
          .string({ error: "must be the name of a group, as text" })
          .min(1, "must not be empty")
          .max(MAX_GROUP_NAME, `must have at most ${MAX_GROUP_NAME} characters`),
        { error: "must be a list of group names" },
      )
      .max(MAX_GROUPS, `must name at most ${MAX_GROUPS} groups`)
      .refine((names) => new Set(names).size === names.length, { error: "names a group twice" })
      .optional()
      .meta({ title: "Groups", description: "Names of groups that every created user joins." }),
    groupsFrom: text("a column or an expression", MAX_EXPRESSION).optional().meta({
      title: "GroupsFrom",
      description:
        "A column, a path or an expression (CEL) that gives the names of a record's own groups: a list, or text divided by `;`.",
    }),
    hook: hookSchema.optional(),
    where: text("an expression", MAX_EXPRESSION).optional().meta({
      title: "Where",
      description:
        "An expression (CEL) that is true for the records that are migrated; all others are left out.",
    }),
    type: text("the name or the id of a user type", MAX_NAME).optional().meta({
      title: "Type",
      description: "Name or id of the user type of every created user.",
    }),
    realm: text("the name or the id of a realm", MAX_NAME).optional().meta({
      title: "Realm",
      description: "Name or id of the realm that every user is created in.",
    }),
    clean: cleanSchema.optional(),
    lossy: choice(["ask", "accept"]).optional().meta({
      title: "Lossy",
      description:
        "Whether cleaning rules may take from values what can't be had back: asked for on a terminal, or accepted.",
      default: "ask",
    }),
    duplicates: duplicates.optional(),
  })
  .meta({
    title: "okta-migrate migration.yaml",
    description: "How records of a source become users of an Okta org.",
  });

/** What the schema gives for a file without mistakes. */
export type ConfigShape = z.infer<typeof configSchema>;

/** The shape of `migration.yaml` as JSON Schema, for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(configSchema, { io: "input" });
}

function countGiven(...values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}
