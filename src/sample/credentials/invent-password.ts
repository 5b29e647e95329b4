import type { PseudoRandom } from "../pseudo-random.ts";

const WORDS: readonly [string, ...string[]] = [
  "amber",
  "brook",
  "cedar",
  "drift",
  "ember",
  "forêt",
  "grün",
  "harbour",
  "ivory",
  "juniper",
  "kelp",
  "lantern",
  "meadow",
  "niño",
  "orchard",
  "pebble",
  "quartz",
  "river",
  "saffron",
  "tundra",
  "umber",
  "вітер",
  "willow",
  "さくら",
];

/** A password: some are not ASCII, none is longer than the 72 bytes that bcrypt reads. */
export function inventPassword(random: PseudoRandom): string {
  const digits = 100 + random.below(9900);
  return `${random.pick(WORDS)}-${random.pick(WORDS)}-${digits}`;
}
