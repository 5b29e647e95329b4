const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const MASK = "[secret]";

/**
 * A value that must never print: password material, tokens, keys.
 *
 * String conversion, JSON and `util.inspect` all give `[secret]`; only {@link Secret.reveal} gives
 * the value, and it is called where a request is built and nowhere else.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. The caller must not store it, log it or put it into an error. */
  reveal(): T {
    return this.#value;
  }

  /** Always `[secret]`. */
  toString(): string {
    return MASK;
  }

  /** Always `[secret]`. */
  toJSON(): string {
    return MASK;
  }

  /** Always `[secret]`; called by `console.log` and `util.inspect`. */
  [INSPECT](): string {
    return MASK;
  }
}
