import { type PseudoRandom, seedPseudoRandom } from "../pseudo-random.ts";
import { base64, type Recipe } from "./recipe.ts";

/** The parameters of an invented Firebase project, as its console shows them. */
export interface FirebaseProject {
  readonly signerKey: Uint8Array;
  readonly saltSeparator: Uint8Array;
  readonly rounds: number;
  readonly memCost: number;
}

const SEED_OF_PROJECT = 0x5eed_f1e0;

/** One project for a seed: all of its hashes share the signer key. */
export function inventFirebaseProject(seed: number): FirebaseProject {
  const random = seedPseudoRandom(seed ^ SEED_OF_PROJECT);
  return {
    signerKey: random.bytes(64),
    saltSeparator: random.bytes(1),
    rounds: 8,
    memCost: 4,
  };
}

/** The JSON object that `OKTA_MIGRATE_HASH_PARAMS_FILE` takes; the signer key is revealed for it. */
export function firebaseParams(
  project: FirebaseProject,
): Readonly<Record<string, string | number>> {
  return {
    signerKey: base64(project.signerKey),
    saltSeparator: base64(project.saltSeparator),
    rounds: project.rounds,
    memCost: project.memCost,
  };
}

/** Hashes of a project. */
export function firebaseRecipe(project: FirebaseProject): Recipe {
  return {
    draw: (random: PseudoRandom) => ({
      kind: "firebase-scrypt",
      preparation: [],
      ...project,
      salt: random.bytes(8),
      value: new Uint8Array(project.signerKey.length),
    }),
    write: (computation) =>
      computation.kind === "firebase-scrypt"
        ? { hash: base64(computation.value), salt: base64(computation.salt) }
        : { hash: "" },
    settings: { params: "file" },
  };
}
