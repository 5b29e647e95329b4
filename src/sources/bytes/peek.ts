/** Bytes as they arrive. */
export type ByteStream = AsyncIterable<Buffer>;

/** The first bytes of a stream, and a stream that gives them again before the others. */
export interface Peeked {
  readonly prefix: Buffer;
  readonly bytes: ByteStream;
}

/** Waits for the first `atLeast` bytes, or for the end when there are fewer. */
export async function peek(source: ByteStream, atLeast: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < atLeast) {
    const step = await iterator.next();
    if (step.done === true) break;
    chunks.push(step.value);
    size += step.value.length;
  }
  const prefix = Buffer.concat(chunks);
  return { prefix, bytes: startingWith(prefix, iterator) };
}

/** Written by hand, since a generator that was never started does not close what it wraps. */
function startingWith(prefix: Buffer, rest: AsyncIterator<Buffer>): ByteStream {
  let given = prefix.length === 0;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (given) return await rest.next();
        given = true;
        return { done: false, value: prefix };
      },
      return: async () => {
        await rest.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** The stream without its first `count` bytes. */
export async function* withoutFirst(source: ByteStream, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of source) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/**
 * A stream that can be read from its start once more: what is looked at is kept until it is drained.
 */
export class Replay {
  readonly #rest: AsyncIterator<Buffer>;
  #seen: Buffer[] = [];
  #ended = false;

  constructor(source: ByteStream) {
    this.#rest = source[Symbol.asyncIterator]();
  }

  /** All bytes from the start; those that arrive meanwhile are kept. */
  async *look(): AsyncGenerator<Buffer> {
    for (let at = 0; ; at += 1) {
      const chunk = this.#seen[at] ?? (await this.#pull());
      if (chunk === undefined) return;
      if (at === this.#seen.length) this.#seen.push(chunk);
      yield chunk;
    }
  }

  /** All bytes from the start, for the last time. */
  async *drain(): AsyncGenerator<Buffer> {
    try {
      const seen = this.#seen;
      this.#seen = [];
      for (let chunk = seen.shift(); chunk !== undefined; chunk = seen.shift()) yield chunk;
      for (let chunk = await this.#pull(); chunk !== undefined; chunk = await this.#pull()) {
        yield chunk;
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.#rest.return?.();
  }

  async #pull(): Promise<Buffer | undefined> {
    if (this.#ended) return undefined;
    const step = await this.#rest.next();
    if (step.done !== true) return step.value;
    this.#ended = true;
    return undefined;
  }
}
