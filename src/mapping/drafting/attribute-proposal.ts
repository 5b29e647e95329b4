import type { DirectorySchema } from "../../core/index.ts";
import { judgeAttribute } from "../judge-attribute.ts";
import { foldWord } from "./fold-word.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { wordsOf } from "./name-matches.ts";

/** A custom attribute that could hold a column, for want of one that the org has. */
export interface AttributeProposal {
  /** Letters and digits, beginning with a letter. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  readonly type: "string" | "integer" | "boolean" | "array";
  /** Of text. */
  readonly maxLength: number | undefined;
}

const LENGTHS = [20, 50, 100, 255, 500, 1_000, 2_000, 4_000];
const MAX_NAME = 60;
/** Names that say nothing beside others, or that Okta's user has for itself. */
const TOO_BARE = new Set("id type status created activated updated lastlogin profile".split(" "));

/**
 * An attribute for a column, under a name that none of `taken` has, whatever its case, and that is
 * not taken for a slip of one that the org has.
 */
export function proposeAttribute(
  facts: ColumnFacts,
  schema: DirectorySchema,
  taken: ReadonlySet<string>,
): AttributeProposal {
  const names = new Set([...schema.attributes.keys(), ...taken].map((name) => name.toLowerCase()));
  const base = unlikeOthers(nameFor(facts), schema, taken);
  let name = base;
  for (let count = 2; names.has(name.toLowerCase()); count += 1) name = `${base}${count}`;
  const type = typeFor(facts);
  return {
    name,
    title: titleFor(facts, name),
    type,
    maxLength:
      type === "string"
        ? (LENGTHS.find((length) => length >= facts.longest * 1.5) ?? undefined)
        : undefined,
  };
}

function nameFor({ column, keys }: ColumnFacts): string {
  const words = [column, ...keys]
    .flatMap(wordsOf)
    .map(asciiWord)
    .filter((word) => word !== "");
  const [first = "", ...rest] = words;
  const camel = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))]
    .join("")
    .slice(0, MAX_NAME);
  if (camel === "") return "column";
  return TOO_BARE.has(camel.toLowerCase()) || /^\d/.test(camel) ? asLegacy(camel) : camel;
}

/** The name, or a longer one where it would be taken for a slip. */
function unlikeOthers(name: string, schema: DirectorySchema, taken: ReadonlySet<string>): string {
  const judged = judgeAttribute(name, { ...schema, origin: "built-in" }, taken);
  return judged?.kind === "mistake" ? asLegacy(name) : name;
}

function asLegacy(name: string): string {
  return `legacy${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function asciiWord(word: string): string {
  return foldWord(word.replace(/ä/gi, "ae").replace(/ö/gi, "oe").replace(/ü/gi, "ue")).replace(
    /[^a-z0-9]/g,
    "",
  );
}

function titleFor({ column, keys }: ColumnFacts, name: string): string {
  const words = [column, ...keys].flatMap(wordsOf).join(" ");
  const title = words === "" ? name : words;
  return title.charAt(0).toUpperCase() + title.slice(1, 100);
}

/** Text unless all values looked at are strictly of another type. */
function typeFor(facts: ColumnFacts): AttributeProposal["type"] {
  if (facts.listPart === 1) return "array";
  const values = facts.choices?.map(([value]) => value.toLowerCase()) ?? [];
  if (values.length > 0 && values.every((value) => value === "true" || value === "false")) {
    return "boolean";
  }
  const isWhole = facts.filled > 0 && facts.shapes.get("integer") === 1 && facts.longest <= 15;
  const isId = facts.distinct.repeatedPart < 0.01 && facts.distinct.values > 1;
  return isWhole && !isId ? "integer" : "string";
}

/**
 * The body that adds attributes to the default user type, as an admin sends it to
 * `POST /api/v1/meta/schemas/user/default`.
 *
 * @see docs/okta/schema.md#add-attributes
 */
export function schemaBody(
  proposals: readonly AttributeProposal[],
): Readonly<Record<string, unknown>> {
  const properties = Object.fromEntries(
    proposals.map(({ name, title, type, maxLength }) => [
      name,
      {
        title,
        type,
        ...(type === "array" ? { items: { type: "string" } } : {}),
        ...(maxLength === undefined ? {} : { maxLength }),
        required: false,
        permissions: [{ principal: "SELF", action: "READ_ONLY" }],
      },
    ]),
  );
  return { definitions: { custom: { id: "#custom", type: "object", properties } } };
}
