import { type CleanStep, UNREAD } from "./clean-rule.ts";

const YES =
  "true t yes y 1 on x active enabled ja j wahr aktiv oui o vrai actif sí si s verdadero activo sì vero attivo sim verdadeiro ativo waar actief tak prawda sant sand да ✓ ✔";
const NO =
  "false f no n 0 off inactive disabled nein falsch inaktiv non faux inactif falso inactivo inattivo não nao inativo nee onwaar inactief nie nej falsk нет ✗ ✘";

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...YES.split(" ").map((word) => [word, true] as const),
  ...NO.split(" ").map((word) => [word, false] as const),
]);

/** Words of several languages, `1` and `0` become true and false. */
export const booleanStep: CleanStep = (value) => {
  if (typeof value === "boolean") return value;
  return WORDS.get(String(value).trim().toLowerCase()) ?? UNREAD;
};
