import { FORMATS } from "./format-table.ts";
import type { StoredFormat } from "./stored-format.ts";

const HEAD = `# Password formats

How systems store password hashes, and what becomes of each. This page is made from the table in
\`src/passwords/formats/format-table.ts\` by \`npm run build && node scripts/password-formats.mjs\`.

- **name**: what \`format:\` under \`password:\` in \`migration.yaml\` can say. Without it, \`auto\` finds the
  format of each record's hash.
- **Okta takes it**: as a hash, so that people sign in with their old password at once. Everything else
  can be checked by the password import hook at the first sign-in (\`otherwise: hook\`).
- What is marked ◦ is never found by \`auto\`, since it looks like a likelier one: the config must say it.
- A hash that fits several formats, or whose salt can be read in several ways, is asked about and never
  guessed: [PASSWORD_AMBIGUOUS](issues.md#password_ambiguous).

| name | what it is | looks like | written by | Okta takes it |
|---|---|---|---|---|
`;

/** The whole text of `docs/reference/password-formats.md`. */
export function formatPage(): string {
  const rows = (FORMATS as readonly StoredFormat[]).map((format) => rowOf(format));
  return `${HEAD}${rows.join("\n")}\n`;
}

function rowOf(format: StoredFormat): string {
  const { name, title, looksLike, writtenBy } = format;
  const what = format.isNamedOnly === true ? `${title} ◦` : title;
  const cells = [`\`${name}\``, what, `\`${looksLike}\``, writtenBy, carriedIn(format)];
  return `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`;
}

function carriedIn({ notCarried, carriedExcept }: StoredFormat): string {
  if (notCarried !== undefined) return `no: ${notCarried}`;
  return carriedExcept === undefined ? "yes" : `yes, except ${carriedExcept}`;
}
