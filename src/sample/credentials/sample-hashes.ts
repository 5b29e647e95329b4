import { FORMATS, type FormatName } from "../../passwords/formats/index.ts";
import { COLUMN_RECIPES } from "./column-recipes.ts";
import { firebaseRecipe, inventFirebaseProject } from "./firebase-project.ts";
import { MARKED_RECIPES } from "./marked-recipes.ts";
import { OBJECT_RECIPES } from "./object-recipes.ts";
import type { Recipe } from "./recipe.ts";

const RECIPES: Readonly<Partial<Record<FormatName, Recipe>>> = {
  ...MARKED_RECIPES,
  ...OBJECT_RECIPES,
  ...COLUMN_RECIPES,
};

/** A format whose hashes can be made. */
export type SampleHash = FormatName;

/** All formats whose hashes can be made, in the order of the reference. */
export const SAMPLE_HASHES: readonly SampleHash[] = FORMATS.map(({ name }) => name).filter(
  (name) => name === "firebase-scrypt" || RECIPES[name] !== undefined,
);

/** The recipe of a format. */
export function recipeOf(format: SampleHash, seed: number): Recipe | undefined {
  return format === "firebase-scrypt"
    ? firebaseRecipe(inventFirebaseProject(seed))
    : RECIPES[format];
}

/** Whether the format's salt stands in a column of its own. */
export function hasSaltColumn(format: SampleHash): boolean {
  return format === "firebase-scrypt" || Object.hasOwn(COLUMN_RECIPES, format);
}

/** Lines of `password:` in `migration.yaml` that a format can't be read without; none for most. */
export function settingsOf(format: SampleHash): Readonly<Record<string, string | number>> {
  const settings = recipeOf(format, 0)?.settings ?? {};
  return hasSaltColumn(format) ? { format, ...settings } : settings;
}
