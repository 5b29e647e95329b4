import { stat, writeFile } from "node:fs/promises";
import { ConfigError } from "../../../core/index.ts";
import { type DraftedMapping, schemaBody } from "../../../mapping/index.ts";
import type { InitOptions } from "./options.ts";

/** Which files were written; undefined where one was not asked for or went to standard output. */
export interface WrittenFiles {
  readonly draft: string | undefined;
  readonly attributes: string | undefined;
}

type Targets = Pick<InitOptions, "out" | "force" | "attributes">;

/**
 * Makes sure, before anything is read, that no file is written over.
 *
 * @throws {ConfigError} FILE_EXISTS
 */
export async function assertFree({ out, force, attributes }: Targets): Promise<void> {
  if (force) return;
  if (out !== "-" && (await isThere(out))) throw fileExists("--out", out);
  if (attributes !== undefined && (await isThere(attributes))) {
    throw fileExists("--attributes", attributes);
  }
}

/**
 * Writes the draft, and the request for the attributes that the org lacks where that was asked for.
 *
 * @throws {ConfigError} FILE_EXISTS for a file that came in between; OPTION_INVALID for one that
 *   can't be written
 */
export async function writeFiles(
  draft: DraftedMapping,
  { out, force, attributes }: Targets,
): Promise<WrittenFiles> {
  const flag = force ? "w" : "wx";
  if (out === "-") process.stdout.write(draft.text);
  else await write({ at: "--out", path: out, text: draft.text, flag });
  if (attributes !== undefined) {
    const body = schemaBody(draft.proposed.map(({ proposal }) => proposal));
    const text = `${JSON.stringify(body, null, 2)}\n`;
    await write({ at: "--attributes", path: attributes, text, flag });
  }
  return { draft: out === "-" ? undefined : out, attributes };
}

async function write({
  at,
  path,
  text,
  flag,
}: {
  readonly at: string;
  readonly path: string;
  readonly text: string;
  readonly flag: "w" | "wx";
}): Promise<void> {
  try {
    await writeFile(path, text, { flag });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") {
      throw fileExists(at, path);
    }
    throw new ConfigError({
      code: "OPTION_INVALID",
      at,
      message: `${at}: ${path} can't be written.`,
      hint: "Name a file in a folder that exists and that you may write to.",
      cause,
    });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    // What else may be wrong with it shows when it is written.
    return false;
  }
}

function fileExists(at: string, path: string): ConfigError {
  return new ConfigError({
    code: "FILE_EXISTS",
    at,
    message: `${path} is there already, and nothing was written over it.`,
    hint: "Name another file with --out, or give --force to replace it.",
  });
}
