import { printable, Secret } from "../../core/index.ts";
import type { AskForToken, OrgUrl, TokenRequest } from "../../okta/index.ts";
import { openTerminalPrompt } from "../input/terminal-prompt.ts";
import type { Session } from "./session.ts";
import type { StopSignal } from "./stop-signal.ts";

/** What a token is asked for with. */
export interface TokenQuestionOptions {
  readonly session: Pick<Session, "terminal">;
  readonly orgUrl: OrgUrl;
  /** Ctrl-C at the question stops the run; what stops the run takes the question back. */
  readonly stop: Pick<StopSignal, "signal" | "interrupt">;
}

/** Asks on the terminal for the token that goes on where the org takes one no longer. */
export class TokenQuestion {
  readonly #options: TokenQuestionOptions;
  #isOpen = false;

  constructor(options: TokenQuestionOptions) {
    this.#options = options;
  }

  /** Whether it stands on the terminal's last line. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Asks once. Enter alone and Ctrl-D are no answer; what is typed is never shown. */
  readonly ask: AskForToken = async ({ variable, refusal, again }: TokenRequest, signal) => {
    const { session, orgUrl, stop } = this.#options;
    const { terminal } = session;
    const withdrawn = AbortSignal.any([signal, stop.signal]);
    this.#isOpen = true;
    terminal.clear();
    const prompt = openTerminalPrompt(process.stdin, terminal, withdrawn);
    try {
      const { style } = terminal;
      const heading = style.yellow(again ? "not taken:" : "waiting:");
      terminal.print(`\n${heading} ${printable(refusal.message, 500)}`);
      terminal.print(
        "  Nothing is sent meanwhile, and nothing is lost. Enter alone ends the run; the same command resumes it.",
      );
      const answer = await prompt.ask(
        `New token for ${orgUrl.host}, in the place of ${variable} (not shown):`,
        "hidden",
      );
      if (answer.kind === "interrupt" && !withdrawn.aborted) stop.interrupt();
      if (answer.kind !== "line") return undefined;
      const typed = Buffer.from(answer.bytes).toString("utf8").trim();
      answer.bytes.fill(0);
      return typed === "" ? undefined : new Secret(typed);
    } finally {
      prompt.close();
      this.#isOpen = false;
    }
  };
}
