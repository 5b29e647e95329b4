/** An expression for all of a full name but its last word; the whole of a name of one word. */
export function givenNameOf(column: string): string {
  const name = `${column}.trim()`;
  return `${name}.contains(" ") ? ${name}.substring(0, ${name}.lastIndexOf(" ")) : ${name}`;
}

/** An expression for the last word of a full name; nothing of a name of one word. */
export function familyNameOf(column: string): string {
  const name = `${column}.trim()`;
  return `${name}.contains(" ") ? ${name}.substring(${name}.lastIndexOf(" ") + 1) : ""`;
}
