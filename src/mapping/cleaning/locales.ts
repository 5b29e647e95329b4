import { type CleanStep, UNREAD } from "./clean-rule.ts";
import { findCountry } from "./countries.ts";
import { namesIn, plainWords } from "./names-in-languages.ts";

/** Language, script and region, in the ways that systems write them, with an encoding behind. */
const TAG =
  /^([A-Za-z]{2,3})(?:[-_ ]([A-Za-z]{4}))?(?:[-_ ]([A-Za-z]{2}|\d{3}))?(?:\.[\w-]+)?(?:@[\w-]+)?$/;
/** A language's name and, in brackets, a country: `German (Switzerland)`. */
const NAMED = /^([^()]+?)\s*\(([^()]+)\)$/;
/** Languages with a code of two letters (ISO 639-1). */
const LANGUAGES = new Set(
  "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split(
    " ",
  ),
);

interface Tag {
  readonly language: string;
  readonly script: string | undefined;
  readonly region: string | undefined;
}

let names: ReadonlyMap<string, string> | undefined;

function findLanguage(text: string): string | undefined {
  const code = text.toLowerCase();
  if (LANGUAGES.has(code)) return code;
  names ??= namesIn("language", LANGUAGES);
  return names.get(plainWords(text));
}

function readTag(text: string): Tag | undefined {
  const found = TAG.exec(text);
  if (found !== null) {
    const [, first = "", script, region] = found;
    const language = findLanguage(first);
    if (language !== undefined) {
      const title = script && script.charAt(0).toUpperCase() + script.slice(1).toLowerCase();
      // What is written for Great Britain and Greece, and is no code of theirs.
      const code = region?.toUpperCase();
      return { language, script: title, region: code && (findCountry(code) ?? code) };
    }
  }
  const named = NAMED.exec(text);
  const language = findLanguage(named?.[1] ?? text);
  if (language === undefined) return undefined;
  if (named === null) return { language, script: undefined, region: undefined };
  const region = findCountry(named[2] ?? "");
  return region === undefined ? undefined : { language, script: undefined, region };
}

function tagStep(separator: "_" | "-"): CleanStep {
  return (value) => {
    if (typeof value !== "string") return UNREAD;
    const tag = readTag(value.trim());
    if (tag === undefined) return UNREAD;
    return [tag.language, tag.script, tag.region]
      .filter((part) => part !== undefined)
      .join(separator);
  };
}

/** Names and spellings of locales become Okta's: `de_CH`. @see docs/okta/schema.md#base-attributes */
export const localeStep: CleanStep = tagStep("_");

/** Names and spellings of languages become tags as browsers send them: `de-CH`. */
export const languageStep: CleanStep = tagStep("-");
