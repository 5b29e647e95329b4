/** The one platform type that the ports name. Pure rooms pass it on and never make one. */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
