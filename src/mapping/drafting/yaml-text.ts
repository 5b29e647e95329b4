const PLAIN = /^[\p{L}_](?:[\p{L}\p{N}_./-]|[\p{L}\p{N}_./-] (?=[\p{L}\p{N}_./-]))*$/u;
/** Words that YAML, of one version or another, takes for something else than text. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** What no file should hold as it is: controls, marks of direction, strange white space. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const ALL_UNSAFE = new RegExp(UNSAFE, "gu");

/** A text as a YAML scalar on one line, which is read as that very text. */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  if (!UNSAFE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(ALL_UNSAFE, escapeUnits);
}

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}

const WIDTH = 100;

/** A text as lines of comment, broken between words. */
export function yamlComment(text: string, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + 2 + longer.length > WIDTH) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((one) => `${indent}# ${one}`.trimEnd());
}
