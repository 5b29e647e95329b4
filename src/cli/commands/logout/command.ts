import { Command } from "commander";

/** The `logout` command: ends what `login` began. */
export function logoutCommand(): Command {
  return new Command("logout")
    .summary("end the sign-in that login made")
    .description(
      "Revokes the tokens of a sign-in at the org and deletes them here; deletes them also where the " +
        "org can't be reached, and says so.",
    )
    .option("--all", "of every org (that of OKTA_ORG_URL)")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText("after", "\nExample:\n  $ okta-migrate logout")
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { runLogout } = await import("./run.ts");
      await runLogout({ all: flags["all"] === true, json: flags["json"] === true });
    });
}
