import picocolors from "picocolors";
import { PLAIN_STYLE, type Style } from "../../reports/index.ts";

/** Standard error as people see it: whole lines, and below them one line of progress. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly style: Style;
  /** Columns at present. @default 80 */
  width(): number;
  /** Writes whole lines above the progress line. */
  print(text: string): void;
  /** Draws the progress line anew; nothing where there is no terminal. */
  progress(line: string): void;
  /** Takes the progress line away. */
  clear(): void;
}

const NARROWEST = 20;
const ERASE_LINE = "\r\u001b[K";

/** The process's own standard error; colours where it is a terminal and `NO_COLOR` is unset. */
export function openTerminal(stream: NodeJS.WriteStream = process.stderr): Terminal {
  const isTerminal = stream.isTTY;
  let drawn = "";
  const draw = (line: string): void => {
    if (drawn !== "" || line !== "") stream.write(ERASE_LINE + line);
    drawn = line;
  };
  return {
    isTerminal,
    style: isTerminal && picocolors.isColorSupported ? picocolors : PLAIN_STYLE,
    width: () => Math.max(NARROWEST, isTerminal ? stream.columns : 80),
    print: (text) => {
      const line = drawn;
      if (line !== "") draw("");
      stream.write(text.endsWith("\n") ? text : `${text}\n`);
      if (line !== "") draw(line);
    },
    progress: (line) => {
      if (isTerminal && line !== drawn) draw(line);
    },
    clear: () => draw(""),
  };
}
