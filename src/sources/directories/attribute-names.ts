/**
 * How attributes are spelled in one source. A directory does not tell `givenName` from `givenname`:
 * the first spelling that was seen stands for all of them.
 */
export class AttributeNames {
  /** By the name as it stands; the usual way, without folding it. */
  readonly #spelled = new Map<string, string>();
  readonly #folded = new Map<string, string>();

  /** The name of the column that an attribute's values go to. */
  spell(name: string): string {
    const known = this.#spelled.get(name);
    if (known !== undefined) return known;
    const folded = name.toLowerCase();
    const first = this.#folded.get(folded) ?? name;
    this.#folded.set(folded, first);
    this.#spelled.set(name, first);
    return first;
  }
}
