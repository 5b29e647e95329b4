import { ConfigError, printable } from "../../core/index.ts";

/** The parameters of an address; each is asked for by one of its names. */
export class Parameters {
  readonly #given: Map<string, string>;
  readonly #known: string[] = [];

  constructor(parameters: URLSearchParams) {
    this.#given = new Map([...parameters].map(([name, value]) => [plain(name), value]));
  }

  /** The value under any of these names, case and punctuation aside; the first name is shown. */
  take(...names: readonly string[]): string | undefined {
    this.#known.push(names[0] ?? "");
    for (const name of names) {
      const value = this.#given.get(plain(name));
      this.#given.delete(plain(name));
      if (value !== undefined && value !== "") return value;
    }
    return undefined;
  }

  /** @throws {ConfigError} OPTION_INVALID when some were given that nobody asked for */
  refuseOthers(): void {
    const [name] = this.#given.keys();
    if (name === undefined) return;
    throw invalid(
      `has a parameter that is not known: ${printable(name, 40)}`,
      `Known are ${this.#known.join(", ")}.`,
    );
  }
}

/** The name of a parameter without case and punctuation: `sslMode`, `ssl-mode` and `sslmode` are one. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** What is wrong with an address, without the address. */
export function invalid(what: string, hint: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "source",
    message: `The address of the source ${what}.`,
    hint,
  });
}
