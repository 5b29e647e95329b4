import type { PseudoRandom } from "../pseudo-random.ts";
import type { NamePart, Names, Region } from "./region.ts";

/** Every so many people have two given names, or a double family name. */
const ONE_OF = 24;

/** A given and a family name of a region; long ones stay well below the 50 characters that Okta takes. */
export function inventName(
  region: Region,
  random: PseudoRandom,
): { readonly first: NamePart; readonly last: NamePart } {
  const kind = region.doubles ? random.below(ONE_OF) : ONE_OF;
  return {
    first: inventPart(region.given, random, kind === 0 ? " " : undefined),
    last: inventPart(region.family, random, kind === 1 ? "-" : undefined),
  };
}

function inventPart(
  names: Names<NamePart>,
  random: PseudoRandom,
  joint: string | undefined,
): NamePart {
  const name = random.pick(names);
  if (joint === undefined) return name;
  const other = random.pick(names);
  return { written: name.written + joint + other.written, ascii: name.ascii + other.ascii };
}
