import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { detectCommand } from "./detect/command.ts";
import { inspectCommand } from "./inspect/command.ts";
import { proveCommand } from "./prove/command.ts";

/** The `password` commands: will people be able to sign in? */
export function passwordCommand(setExitCode: SetExitCode): Command {
  return new Command("password")
    .summary("find out whether old passwords will work")
    .description(
      "Tells what stored password hashes are, how they must be read, and whether people will be able " +
        "to sign in with the passwords that they have. Nothing is sent anywhere.",
    )
    .addCommand(inspectCommand(setExitCode))
    .addCommand(detectCommand(setExitCode))
    .addCommand(proveCommand(setExitCode));
}
