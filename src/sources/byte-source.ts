import { createHash } from "node:crypto";

import {
  InvariantError,
  type SourceEntry,
  type SourceHead,
  type SourcePosition,
  type UserSource,
} from "../core/index.ts";
import { ByteWindow } from "./bytes/byte-window.ts";
import { type DecodedBytes, decodeBytes } from "./bytes/decode.ts";
import { type ByteStream, Replay, withoutFirst } from "./bytes/peek.ts";
import type { RawBytes } from "./bytes/raw-bytes.ts";
import type { ScanStart } from "./entry-scanner.ts";
import type { SourceFormat } from "./format.ts";
import { findLayout, type Layout } from "./layout.ts";
import { SAMPLED_RECORDS, SourceSample } from "./source-sample.ts";

/** Small enough that a batch is no longer needed when the engine next clears up after it. */
const MAX_BATCH = 250;
/** A file of unreadable records is not read to its end for its head. */
const MAX_HEAD_ENTRIES = 10_000;

/** How the bytes are to be taken. */
export interface ByteSourceOptions {
  readonly name: string;
  readonly location: string;
  readonly format: SourceFormat | undefined;
  readonly delimiter: string | undefined;
  readonly encoding: string | undefined;
  readonly records: string | undefined;
}

interface Opened {
  readonly decoded: DecodedBytes;
  readonly layout: Layout;
  /** The open stream of a source that can't be opened again. */
  readonly replay: Replay | undefined;
}

/** A source that is a file or a pipe; nothing is read before it is asked for. */
export class ByteSource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable: boolean;
  readonly #raw: RawBytes;
  readonly #options: ByteSourceOptions;
  #opened: Promise<Opened> | undefined;
  #head: Promise<SourceHead> | undefined;
  #drained = false;

  constructor(raw: RawBytes, options: ByteSourceOptions) {
    this.name = options.name;
    this.location = options.location;
    this.replayable = raw.replayable;
    this.#raw = raw;
    this.#options = options;
  }

  async head(): Promise<SourceHead> {
    this.#head ??= this.#readHead();
    return await this.#head;
  }

  async fingerprint(): Promise<string | undefined> {
    if (!this.replayable) return undefined;
    const hash = createHash("sha256");
    for await (const chunk of this.#raw.open(0)) hash.update(chunk);
    return hash.digest("hex");
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    const { decoded, layout, replay } = await this.#open();
    const first = layoutStart(layout, decoded, from?.seq ?? 1);
    if (replay !== undefined) {
      if (this.#drained) throw new InvariantError(`"${this.name}" was read twice`);
      this.#drained = true;
      const bytes = withoutFirst(replay.drain(), layout.skippedBytes);
      yield* scan(bytes, layout, first, false);
    } else if (!decoded.verbatim) {
      const bytes = withoutFirst((await this.#decode()).bytes, layout.skippedBytes);
      yield* scan(bytes, layout, first, false);
    } else {
      const resumed = from?.offset !== undefined;
      const start = resumed ? { ...first, ...from } : first;
      yield* scan(this.#raw.open(start.offset ?? 0), layout, start, resumed);
    }
  }

  async #readHead(): Promise<SourceHead> {
    const { decoded, layout, replay } = await this.#open();
    if (this.#drained)
      throw new InvariantError(`the head of "${this.name}" was asked for too late`);
    const sample = new SourceSample(layout.columns ?? []);
    const batches =
      replay === undefined
        ? this.read()
        : scan(
            withoutFirst(replay.look(), layout.skippedBytes),
            layout,
            layoutStart(layout, decoded, 1),
            false,
          );
    let entries = 0;
    for await (const batch of batches) {
      sample.add(batch);
      entries += batch.length;
      if (sample.records === SAMPLED_RECORDS || entries > MAX_HEAD_ENTRIES) break;
      if (replay !== undefined && sample.records > 0) break;
    }
    const { columns, samples } = sample;
    return { description: describe(layout, decoded, columns.length), columns, samples };
  }

  async #open(): Promise<Opened> {
    this.#opened ??= this.#look();
    return await this.#opened;
  }

  async #look(): Promise<Opened> {
    const decoded = await this.#decode();
    const replay = new Replay(decoded.bytes);
    let kept = false;
    try {
      const layout = await this.#findLayout(replay, decoded);
      kept = !this.replayable;
      return { decoded, layout, replay: kept ? replay : undefined };
    } finally {
      if (!kept) await replay.close();
    }
  }

  async #findLayout(replay: Replay, { charset }: DecodedBytes): Promise<Layout> {
    const request = { ...this.#options, charset };
    const prefix = new ByteWindow();
    for await (const chunk of replay.look()) {
      prefix.append(chunk, 0);
      const layout = findLayout(prefix.bytes, false, request);
      if (layout !== undefined) return layout;
    }
    const layout = findLayout(prefix.bytes, true, request);
    if (layout === undefined) throw new InvariantError("a source that has ended has no layout");
    return layout;
  }

  async #decode(): Promise<DecodedBytes> {
    return await decodeBytes(this.#raw.open(0), this.#options.encoding, this.location);
  }
}

/** The position of the first entry of all. */
function layoutStart(layout: Layout, decoded: DecodedBytes, firstSeq: number): ScanStart {
  return {
    seq: 1,
    line: layout.skippedLines + 1,
    offset: decoded.verbatim ? decoded.markBytes + layout.skippedBytes : undefined,
    firstSeq,
  };
}

async function* scan(
  bytes: ByteStream,
  layout: Layout,
  start: ScanStart,
  resumed: boolean,
): AsyncGenerator<readonly SourceEntry[]> {
  const scanner = layout.scanner(start, resumed);
  for await (const chunk of bytes) {
    scanner.push(chunk);
    for (let batch = scanner.take(MAX_BATCH); batch.length > 0; batch = scanner.take(MAX_BATCH)) {
      yield batch;
    }
  }
  scanner.end();
  for (let batch = scanner.take(MAX_BATCH); batch.length > 0; batch = scanner.take(MAX_BATCH)) {
    yield batch;
  }
}

function describe(layout: Layout, decoded: DecodedBytes, columns: number): string {
  const parts = [layout.label, decoded.charset.label];
  if (decoded.compressed) parts.push("gzip");
  parts.push(columns === 1 ? "1 column" : `${columns} columns`);
  return parts.join(", ");
}
