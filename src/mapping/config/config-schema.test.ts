import { expect, it } from "vitest";

import { configJsonSchema } from "./config-schema.ts";

/** Lists of plain values on one line, as the formatter writes them. */
function format(schema: object): string {
  const text = JSON.stringify(schema, null, 2);
  return `${text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (whole, inner: string) => {
    const line = `[${inner.split(/\n\s*/).join(" ")}]`;
    return line.length < 60 ? line : whole;
  })}\n`;
}

it("migration.schema.json is the schema of migration.yaml; `npm run test:unit -- -u` writes it", async () => {
  await expect(format(configJsonSchema())).toMatchFileSnapshot("../../../migration.schema.json");
});
