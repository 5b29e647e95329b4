import { Command } from "commander";

/** The `status` command: where a run stands, also while it runs. */
export function statusCommand(): Command {
  return new Command("status")
    .summary("show where a run stands")
    .description("Shows the summary of a run and why records failed. A run may go on meanwhile.")
    .argument("[dir]", "the run's folder (the only one in okta-migrate-runs)")
    .option("--run <dir>", "the run's folder, as in import")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText("after", "\nExample:\n  $ okta-migrate status")
    .action(async (dir: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runStatus } = await import("./run.ts");
      const given = dir ?? (typeof flags["run"] === "string" ? flags["run"] : undefined);
      await runStatus({ run: given, json: flags["json"] === true });
    });
}
