import { isMigrationError } from "../../../../core/index.ts";
import {
  type HookEvent,
  type ReloadedFile,
  type TlsFiles,
  watchFiles,
} from "../../../../hook/index.ts";
import { systemClock } from "../../../../platform/index.ts";
import type { ServeOptions } from "./options.ts";
import { readTlsFiles } from "./read-tls-files.ts";

/** What is done when a file is another one than before. */
export interface Reloads {
  certificate(tls: TlsFiles): void;
  secret(): Promise<void>;
  store(path: string): void;
}

/** Files of the service. */
export interface WatchedService {
  readonly tls: ServeOptions["tls"];
  /** Paths of sealed stores. */
  readonly stores: readonly string[];
  readonly secretFile: string;
}

/** Looks at certificate, secret and store until the signal fires. */
export function watchServiceFiles(
  watched: WatchedService,
  reloads: Reloads,
  { emit, signal }: { readonly emit: (event: HookEvent) => void; readonly signal: AbortSignal },
): void {
  const { tls, stores, secretFile } = watched;
  const watch = (file: ReloadedFile, paths: readonly string[], act: () => void | Promise<void>) =>
    void watchFiles(
      {
        paths,
        reload: async () => {
          await act();
          emit({ event: "reloaded", file });
        },
        onFailure: (error) => emit({ event: "not-reloaded", file, because: reasonOf(error) }),
      },
      systemClock,
      signal,
    );
  watch("secret", [secretFile], () => reloads.secret());
  for (const path of stores) watch("store", [path], () => reloads.store(path));
  if (tls === undefined) return;
  watch("certificate", [tls.certFile, tls.keyFile], async () => {
    reloads.certificate(await readTlsFiles(tls));
  });
}

function reasonOf(error: unknown): string {
  if (isMigrationError(error)) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
