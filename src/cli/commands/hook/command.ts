import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { finishCommand } from "./finish/command.ts";
import { registerCommand } from "./register/command.ts";
import { sealCommand } from "./seal/command.ts";
import { serveCommand } from "./serve/command.ts";
import { statusCommand } from "./status/command.ts";
import { testCommand } from "./test/command.ts";

/** The `hook` commands: the password import inline hook. */
export function hookCommand(setExitCode: SetExitCode): Command {
  return new Command("hook")
    .summary("run the password import hook that Okta asks at first sign-ins")
    .description(
      "Okta asks a service of yours whether a password is right, at the first sign-in of every user " +
        "who was created for the password import hook. These commands make what the service checks " +
        "against, and run it.",
    )
    .addCommand(sealCommand(setExitCode))
    .addCommand(serveCommand())
    .addCommand(registerCommand(setExitCode))
    .addCommand(testCommand(setExitCode))
    .addCommand(statusCommand(setExitCode))
    .addCommand(finishCommand(setExitCode));
}
