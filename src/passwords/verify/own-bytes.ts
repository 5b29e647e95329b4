/**
 * A password in memory of its own, which can be handed to another thread: the given bytes where they
 * are alone in their memory, else a copy, and the given ones are filled with zeros.
 */
export function ownBytes(password: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = password;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) {
    return new Uint8Array(buffer);
  }
  const own = new Uint8Array(password);
  eraseBytes(password);
  return own;
}

/** Fills bytes with zeros, unless their memory has gone to another thread. */
export function eraseBytes(bytes: Uint8Array): void {
  if (bytes.byteLength > 0) bytes.fill(0);
}
