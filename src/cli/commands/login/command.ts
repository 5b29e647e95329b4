import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";

/** The `login` command: a person signs in to the org, in the place of a token. */
export function loginCommand(setExitCode: SetExitCode): Command {
  return new Command("login")
    .summary("sign in to the org as yourself, in the place of a token")
    .description(
      "Signs you in to the org that OKTA_ORG_URL names, through a native app of the org, and keeps the " +
        "sign-in in this system's keychain, or where none works in a file that only you can read. The " +
        "other commands use it where no variable holds a credential.",
    )
    .option(
      "--client-id <id>",
      "the native app's client ID (OKTA_CLIENT_ID, or that of the last time)",
    )
    .option("--browser", "sign in with a browser on this machine, not with a code on any device")
    .option("--port <n>", "with --browser: where the browser comes back to (any free port)")
    .option("--hook", "ask as well for what hook register, test, status and finish need")
    .option("--scopes <scope,...>", "ask for these only (what all other commands can use)")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate login --client-id 0oa1b2c3d4e5f6g7h8i9\n" +
        "  $ okta-migrate import users.csv",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readLoginOptions } = await import("./options.ts");
      const { runLogin } = await import("./run.ts");
      setExitCode(await runLogin(readLoginOptions(flags)));
    });
}
