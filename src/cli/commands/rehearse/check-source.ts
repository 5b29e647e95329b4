import { join } from "node:path";
import type { LoadContext } from "./load-context.ts";
import { furnishOrg, startOrg } from "./rehearsal-org.ts";
import { type ImportEnd, runImport } from "./run-import.ts";

/** What a source is checked with. */
type CheckParts = Pick<
  LoadContext,
  "children" | "clock" | "source" | "survey" | "env" | "token" | "workFolder"
> & { readonly flags: readonly string[] };

/** Reads the whole source once against the emulated org, and sends nothing. */
export async function checkSource(parts: CheckParts): Promise<ImportEnd> {
  const { children, clock, source, survey, env, token, workFolder, flags } = parts;
  const org = await startOrg(children, { flags: [], env, token, cwd: workFolder });
  try {
    await furnishOrg(org, survey);
    return await runImport(children, {
      args: ["check", ...source.argument, ...flags, "--run", join(workFolder, "check")],
      env: { ...env, OKTA_ORG_URL: org.url, OKTA_API_TOKEN: token },
      cwd: source.cwd,
      clock,
      onProgress: () => undefined,
    });
  } finally {
    await org.close();
  }
}
