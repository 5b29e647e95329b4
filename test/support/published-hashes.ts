import { readdirSync, readFileSync } from "node:fs";
import { Secret, type SourceValue } from "../../src/core/index.ts";
import type { Beside, FormatName } from "../../src/passwords/formats/index.ts";

/** A hash that someone else published with its password, or made with another implementation. */
export interface PublishedHash {
  readonly format: FormatName;
  readonly hash: SourceValue;
  readonly salt?: string;
  /** Parameters as the vendor names them. */
  readonly params?: Beside["params"];
  /** Settings of `password:` that single its reading out. */
  readonly beside?: Omit<Beside, "salt" | "params" | "pepper">;
  readonly password: string;
  /** Document and date; or the command that made it. */
  readonly source: string;
}

const FOLDER = new URL("../../fixtures/passwords/", import.meta.url);

/** Names of all families of published hashes. */
export function publishedFamilies(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
}

/** The hashes of `fixtures/passwords/<family>.json`. */
export function publishedHashes(family: string): readonly PublishedHash[] {
  const file = new URL(`${family}.json`, FOLDER);
  return JSON.parse(readFileSync(file, "utf8")) as readonly PublishedHash[];
}

/** What stands beside a published hash, settings included. */
export function besideOf({ salt, params, beside = {} }: PublishedHash): Beside {
  return {
    ...beside,
    ...(salt === undefined ? {} : { salt }),
    ...(params === undefined ? {} : { params }),
  };
}

/** A pepper at a place. */
export function pepperAt(
  place: NonNullable<Beside["pepper"]>["place"],
  bytes: Uint8Array,
): NonNullable<Beside["pepper"]> {
  return { place, bytes: new Secret(bytes) };
}
