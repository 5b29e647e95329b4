import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";

/** The `hook finish` command: turns the rest over to a password reset, and removes the hook. */
export function finishCommand(setExitCode: SetExitCode): Command {
  return new Command("finish")
    .summary("turn the rest over to a password reset, and remove the hook")
    .description(
      "Resets the passwords of users who have not signed in with their old one yet, in waves, each " +
        "noted before it is sent: run again, it goes on. When nobody is left, it removes the org's " +
        "password import hook. Okta mails the link only with --send-mail; without it these people " +
        "can't sign in until they are sent one.",
    )
    .option("--all", "everybody who is waiting")
    .option("--before <date>", "those who were created before this day, such as 2026-09-01")
    .option("--run <dir>", "only users whom this import created for the hook")
    .option("--send-mail", "have Okta mail each of them the link to choose a new password")
    .option("--wave <n>", "users a wave", "500")
    .option(
      "--pause <time>",
      "between two waves, such as 90s, 10m or 2h (1m with --send-mail, else 0s)",
    )
    .option("--limit <n>", "at most so many users now")
    .option("--keep-hook", "do not remove the hook, though nobody is left")
    .option("--remove-hook", "remove it even if others than those of --run may need it")
    .option("--rate-share <part>", "part of each rate limit to use, above 0 and up to 1", "0.5")
    .option("--yes", "do not ask, neither before the resets nor before the hook is removed")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate hook finish --before 2026-09-01 --send-mail --wave 200 --pause 30m",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readFinishOptions } = await import("./options.ts");
      const { runFinish } = await import("./run.ts");
      setExitCode(await runFinish(readFinishOptions(flags)));
    });
}
