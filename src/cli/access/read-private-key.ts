import { readFile } from "node:fs/promises";
import { ConfigError, type EventSink } from "../../core/index.ts";
import { fileExposure } from "../../sources/index.ts";
import type { AppWay } from "./families.ts";

/** A private key as a variable gives it, not looked into yet. */
export interface PrivateKeyText {
  readonly text: string;
  /** Variable that led to it. */
  readonly at: string;
}

/**
 * Reads the private key, from the variable itself or from the file that it names. A file that others
 * can read is warned of.
 *
 * @throws {ConfigError} PRIVATE_KEY_UNREADABLE; PRIVATE_KEY_INVALID where a key stands in the place of
 *   a path
 */
export async function readPrivateKey(
  { key: at, keyIs }: AppWay,
  value: string,
  events: EventSink,
): Promise<PrivateKeyText> {
  if (/^\s*(?:-----BEGIN|\{)/.test(value)) {
    if (keyIs === "key or path") return { text: value, at };
    throw new ConfigError({
      code: "PRIVATE_KEY_INVALID",
      at,
      message: `${at} holds a key itself; it must be the path of the file that holds the key.`,
      hint: `Put the key into a file that only you can read, and its path into ${at}.`,
    });
  }
  const path = value.trim();
  try {
    const text = await readFile(path, "utf8");
    await warnIfExposed(path, events);
    return { text, at };
  } catch (error) {
    throw unreadable(at, error);
  }
}

async function warnIfExposed(path: string, events: EventSink): Promise<void> {
  if ((await fileExposure(path)) !== "readable-by-others") return;
  events.emit({
    event: "warning",
    message: `${path} holds a private key, and others on this machine can read it.`,
    hint: `Make it yours alone: chmod 600 ${path}`,
  });
}

/** The path is not told: what stands in its place may be the key. */
function unreadable(at: string, error: unknown): ConfigError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new ConfigError({
    code: "PRIVATE_KEY_UNREADABLE",
    at,
    message: `The file that ${at} names can't be read${WHY[code] ?? ""}.`,
    hint: "Check the path, seen from the working directory, and that you may read the file.",
  });
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: ": there is no such file",
  EACCES: ": permission is denied",
  EISDIR: ": it is a folder",
};
