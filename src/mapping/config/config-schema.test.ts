import { expect, it } from "vitest";

import { configJsonSchema } from "./config-schema.ts";

/** Of the formatter. */
const MAX_WIDTH = 100;

/** Lists of plain values on one line, as the formatter writes them. */
function format(schema: object): string {
  const text = JSON.stringify(schema, null, 2);
  return `${text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (whole, inner: string, at: number) => {
    const line = `[${inner.split(/\n\s*/).join(" ")}]`;
    const before = at - text.lastIndexOf("\n", at) - 1;
    return before + line.length < MAX_WIDTH ? line : whole;
  })}\n`;
}

it("migration.schema.json is the schema of migration.yaml; `npm run test:unit -- -u` writes it", async () => {
  await expect(format(configJsonSchema())).toMatchFileSnapshot("../../../migration.schema.json");
});
