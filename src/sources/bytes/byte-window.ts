/** Bytes that wait to be scanned, as one piece; adding is linear however small the chunks are. */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** Memory of our own that `bytes` lies in, and where it ends there; chunks are not written to. */
  #storage: Buffer | undefined;
  #storageEnd = 0;

  /** Drops the first `dropped` bytes and adds a chunk. */
  append(chunk: Buffer, dropped: number): void {
    const kept = this.bytes.length - dropped;
    if (kept === 0) {
      this.#storage = undefined;
      this.bytes = chunk;
      return;
    }
    const size = kept + chunk.length;
    if (this.#storage === undefined || this.#storageEnd + chunk.length > this.#storage.length) {
      const room = kept > chunk.length ? 2 * size : size;
      const storage = Buffer.allocUnsafeSlow(room);
      this.bytes.copy(storage, 0, dropped);
      this.#storage = storage;
      this.#storageEnd = kept;
    }
    chunk.copy(this.#storage, this.#storageEnd);
    this.#storageEnd += chunk.length;
    this.bytes = this.#storage.subarray(this.#storageEnd - size, this.#storageEnd);
  }
}
