import { USUAL_WORK_FACTOR } from "../../passwords/formats/index.ts";
import type { PasswordRule } from "../config/migration-config.ts";
import { showName } from "../show-name.ts";
import type { HashPlaces } from "./find-places.ts";
import type { PasswordSamples } from "./read-samples.ts";

/** Where the password material stands, for people: ``a stored hash in `pw` ``. */
export function describePlaces(
  places: HashPlaces,
  samples: PasswordSamples,
  rule: PasswordRule | undefined,
): string {
  const { hash, salt, rounds, params, format } = places;
  const halves = areBcryptHalves(places, samples);
  const named = format === "auto" ? "" : ` (${format})`;
  const repeated = halves ? (rounds ?? USUAL_WORK_FACTOR) : rounds;
  return [
    `${halves ? "bcrypt" : `a stored hash${named}`} in ${showName(hash.path)}`,
    ...(salt === undefined ? [] : [`salt in ${showName(salt.path)}`]),
    ...(repeated === undefined
      ? []
      : [`${halves ? "work factor" : "rounds"} ${describeRounds(repeated)}`]),
    ...params.map(({ name, path }) => `${showName(name)} in ${showName(path.path)}`),
    ...(rule?.pepper === undefined ? [] : ["with a pepper"]),
  ].join(", ");
}

/** What is assumed of bcrypt where nothing says how often it is repeated. */
export function noteWorkFactor(places: HashPlaces, samples: PasswordSamples): string[] {
  return places.rounds === undefined && areBcryptHalves(places, samples)
    ? [`No bcrypt work factor is given: ${USUAL_WORK_FACTOR} is taken.`]
    : [];
}

/** Whether the hashes are bcrypt whose salt has a column of its own; also while none is known. */
function areBcryptHalves(
  { salt, format }: HashPlaces,
  { readings, areWhole }: PasswordSamples,
): boolean {
  if (salt === undefined || areWhole) return false;
  if (format !== "auto") return format === "bcrypt";
  return readings.every((reading) => {
    if (reading.kind === "unusable") return reading.format === "bcrypt";
    return reading.kind === "stored" && reading.stored.format === "bcrypt";
  });
}

function describeRounds(rounds: Exclude<HashPlaces["rounds"], undefined>): string {
  return typeof rounds === "number" ? String(rounds) : `in ${showName(rounds.path)}`;
}
