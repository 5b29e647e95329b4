// One import by the built command line, timed by the org that it fills.
import { join } from "node:path";
import { cliArguments, runNode } from "./children.mjs";

let runs = 0;

/**
 * Imports a file into an org and ends when the process has.
 *
 * @param {{ folder: string, file: string, org: object, flags?: readonly string[], run?: string }} how
 * @returns what the process took and its summary; `run` is the folder it can be resumed in
 */
export async function importUsers({ folder, file, org, flags = [], run = newRun(folder) }) {
  const args = cliArguments(["import", file, "--run", run, "--yes", "--json", ...flags]);
  const orgBefore = org.processorMs();
  const end = await runNode(args, { cwd: folder, env: org.env });
  const summary = end.events.findLast(({ event }) => event === "summary");
  return { ...end, summary, run, orgCpuMs: org.processorMs() - orgBefore };
}

function newRun(folder) {
  runs += 1;
  return join(folder, `run-${runs}`);
}
