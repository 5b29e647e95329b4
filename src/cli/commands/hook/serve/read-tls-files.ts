import { readFile } from "node:fs/promises";
import { ConfigError } from "../../../../core/index.ts";
import type { TlsFiles } from "../../../../hook/index.ts";

/** Reads a certificate and its key. @throws {ConfigError} OPTION_INVALID when one can't be read */
export async function readTlsFiles(files: {
  readonly certFile: string;
  readonly keyFile: string;
}): Promise<TlsFiles> {
  return {
    cert: await readText("--tls-cert", files.certFile),
    key: await readText("--tls-key", files.keyFile),
  };
}

async function readText(at: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at,
      message: `${at} can't be read: ${path}`,
      hint: "Name a file that is there and that you may read.",
      cause,
    });
  }
}
