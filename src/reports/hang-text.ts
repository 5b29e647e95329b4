import { displayWidth, wrapWidth } from "./display-width.ts";

const INDENT = "  ";
/** Narrower than this a text is harder to read than one that runs over. */
const MIN_TEXT_WIDTH = 20;

/**
 * A text behind a label, its further lines below its first one, all indented by two columns.
 *
 * @param width columns that a line may take
 */
export function hangText(label: string, text: string, width: number): readonly string[] {
  const labelWidth = displayWidth(label);
  const room = Math.max(MIN_TEXT_WIDTH, width - INDENT.length - labelWidth);
  return wrapWidth(text, room).map(
    (line, index) => INDENT + (index === 0 ? label : " ".repeat(labelWidth)) + line,
  );
}
