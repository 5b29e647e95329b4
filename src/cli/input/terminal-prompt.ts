import type { ReadStream } from "node:tty";
import { printable } from "../../core/index.ts";
import { wrapWidth } from "../../reports/index.ts";
import type { Terminal } from "../output/terminal.ts";
import { type EditorEvent, LineEditor } from "./line-editor.ts";

/** What a person answered. */
export type Answer =
  /** UTF-8; empty when only Enter was pressed. Whoever asked fills it with zeros. */
  | { readonly kind: "line"; readonly bytes: Uint8Array }
  /** Ctrl-D on an empty line, or the terminal is gone. */
  | { readonly kind: "end" }
  | { readonly kind: "interrupt" };

/** Asks a person on the terminal. */
export interface TerminalPrompt {
  /** What is typed is shown as it is typed, or not at all. */
  ask(question: string, typing: "shown" | "hidden"): Promise<Answer>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * Takes the keyboard of a terminal, without echo, until it is closed. What is typed or pasted ahead
 * answers later questions.
 *
 * @param signal ends a question as Ctrl-C does
 */
export function openTerminalPrompt(
  keyboard: ReadStream,
  terminal: Terminal,
  signal: AbortSignal,
): TerminalPrompt {
  const editor = new LineEditor();
  const waiting: Buffer[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  const onData = (chunk: Buffer): void => {
    waiting.push(chunk);
    wake();
  };
  const onEnd = (): void => {
    isOver = true;
    wake();
  };
  const onAbort = (): void => wake();
  keyboard.setRawMode(true);
  keyboard.on("data", onData).on("end", onEnd).on("close", onEnd);
  signal.addEventListener("abort", onAbort);
  keyboard.resume();

  /** The next event that the typed bytes lead to; undefined when there are none left. */
  const nextEvent = (): Exclude<EditorEvent, "changed"> | undefined => {
    for (let chunk = waiting[0]; chunk !== undefined; chunk = waiting[0]) {
      for (const [index, byte] of chunk.entries()) {
        chunk[index] = 0;
        const event = editor.press(byte);
        if (event === "changed") continue;
        waiting[0] = chunk.subarray(index + 1);
        return event;
      }
      waiting.shift();
    }
    return undefined;
  };

  return {
    ask: async (question, typing) => {
      // The typed text goes behind the last line of a question that is wider than the terminal.
      const lines = wrapWidth(question, terminal.width() - 1);
      for (const line of lines.slice(0, -1)) terminal.print(line);
      const shown = (): string => {
        const text = typing === "hidden" ? "" : Buffer.from(editor.typed).toString("utf8");
        return `${lines.at(-1) ?? ""} ${printable(text)}`;
      };
      editor.clear();
      for (;;) {
        const event = nextEvent();
        terminal.progress(tailOf(shown(), terminal.width() - 1));
        if (event !== undefined || isOver) {
          terminal.clear();
          terminal.print(shown());
          const bytes = Uint8Array.from(editor.typed);
          editor.clear();
          return event === "line" ? { kind: event, bytes } : { kind: event ?? "end" };
        }
        if (signal.aborted) return { kind: "interrupt" };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: () => {
      for (const chunk of waiting) chunk.fill(0);
      editor.clear();
      signal.removeEventListener("abort", onAbort);
      keyboard.off("data", onData).off("end", onEnd).off("close", onEnd);
      keyboard.setRawMode(false);
      keyboard.pause();
      terminal.clear();
    },
  };
}

/** The end of a line that is wider than the terminal. */
function tailOf(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(1 - width)}`;
}
