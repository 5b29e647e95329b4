// The hooks of typescript-loader.mjs: TypeScript is read, stripped of its types and run as a module.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
  const { transformSync } = await import("rolldown/utils");
  const source = await readFile(fileURLToPath(url), "utf8");
  const { code } = transformSync(fileURLToPath(url), source, {
    typescript: { onlyRemoveTypeImports: true },
  });
  return { format: "module", source: code, shortCircuit: true };
}
